// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

/**
 * A secret that authenticates at a provider. It never appears in {@code toString()}, so
 * that no log, exception or serializer shows it by accident.
 */
public final class ApiKey {

	private final String value;

	private ApiKey(String value) {
		this.value = value;
	}

	/**
	 * Wraps a key. White space around it is removed, because mounted files often have it.
	 * @param value the key, not blank
	 * @return the wrapped key
	 * @throws IllegalArgumentException if the key is blank or has a character that an
	 * HTTP header cannot carry
	 */
	public static ApiKey of(String value) {
		String key = value.strip();
		if (key.isEmpty()) {
			throw new IllegalArgumentException("api key: blank (expected: a non-blank key)");
		}
		if (!key.chars().allMatch((character) -> character > ' ' && character < 127)) {
			throw new IllegalArgumentException("api key: has a character outside printable ASCII");
		}
		return new ApiKey(key);
	}

	/**
	 * Returns the key itself, for the one place that writes the authentication header.
	 * @return the secret
	 */
	public String reveal() {
		return this.value;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ApiKey that && this.value.equals(that.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return "******";
	}

}
