// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import org.jspecify.annotations.Nullable;

/**
 * An error that a provider reports. A part that is not set gets the typical value for the
 * status in the format of the request.
 *
 * @param status the HTTP status
 * @param type the provider's error type, for Gemini its status word
 * @param code the provider's error code; formats without one ignore it
 * @param message the text for humans
 * @param param the request parameter to blame; formats without one ignore it
 */
public record ProviderError(int status, @Nullable String type, @Nullable String code, @Nullable String message,
		@Nullable String param) {

	/**
	 * Checks that the status can be sent.
	 */
	public ProviderError {
		if (status < 200 || status > 999) {
			throw new IllegalArgumentException("status: " + status + " (expected: 200..999)");
		}
	}

	/**
	 * Creates an error with what is typical of an HTTP status.
	 * @param status the HTTP status
	 * @return the error
	 */
	public static ProviderError of(int status) {
		return new ProviderError(status, null, null, null, null);
	}

	/**
	 * Sets the error type.
	 * @param type the provider's error type
	 * @return a copy with that type
	 */
	public ProviderError withType(String type) {
		return new ProviderError(this.status, type, this.code, this.message, this.param);
	}

	/**
	 * Sets the error code.
	 * @param code the provider's error code
	 * @return a copy with that code
	 */
	public ProviderError withCode(String code) {
		return new ProviderError(this.status, this.type, code, this.message, this.param);
	}

	/**
	 * Sets the message.
	 * @param message the text for humans
	 * @return a copy with that message
	 */
	public ProviderError withMessage(String message) {
		return new ProviderError(this.status, this.type, this.code, message, this.param);
	}

	/**
	 * Sets the parameter to blame.
	 * @param param the name of a request parameter
	 * @return a copy with that parameter
	 */
	public ProviderError withParam(String param) {
		return new ProviderError(this.status, this.type, this.code, this.message, param);
	}

}
