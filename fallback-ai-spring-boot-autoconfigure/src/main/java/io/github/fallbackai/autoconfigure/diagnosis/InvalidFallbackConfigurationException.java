// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

/**
 * The configuration below {@code fallback.ai} cannot work. Names the property, what is
 * wrong with it and what to do; the text never holds a key.
 */
public final class InvalidFallbackConfigurationException extends RuntimeException {

	private final String property;

	private final String reason;

	private final String action;

	public InvalidFallbackConfigurationException(String property, String reason, String action) {
		super(property + ": " + reason);
		this.property = property;
		this.reason = reason;
		this.action = action;
	}

	/**
	 * The name of the wrong property, for example {@code fallback.ai.endpoints[0].url}.
	 */
	public String property() {
		return this.property;
	}

	/** What is wrong with it. */
	public String reason() {
		return this.reason;
	}

	/** What to do about it. */
	public String action() {
		return this.action;
	}

}
