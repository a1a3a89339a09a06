// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * A setting has a value that it cannot have. The constructors of endpoints and settings
 * throw it; the configuration adds where the value was written. Holds no secret.
 */
public final class InvalidValueException extends IllegalArgumentException {

	private final String setting;

	private final transient @Nullable Object value;

	private final String reason;

	private InvalidValueException(String setting, @Nullable Object value, String reason) {
		super(setting + ": " + ((value != null) ? value + " " : "") + reason);
		this.setting = setting;
		this.value = value;
		this.reason = reason;
	}

	/**
	 * Creates an exception that shows no value, which may be a secret.
	 * @param setting name of the setting, in the words of the configuration
	 * @param reason what is wrong with its value
	 */
	public InvalidValueException(String setting, String reason) {
		this(setting, null, reason);
	}

	static InvalidValueException of(String setting, Object value, String expected) {
		return new InvalidValueException(setting, value, "(expected: " + expected + ")");
	}

	/** The name of the setting, for example {@code circuit-breaker.failure-rate}. */
	public String setting() {
		return this.setting;
	}

	/** The value, {@code null} if the exception does not show it. */
	public @Nullable Object value() {
		return this.value;
	}

	/** What is wrong with the value, for example {@code (expected: >= 0)}. */
	public String reason() {
		return this.reason;
	}

}
