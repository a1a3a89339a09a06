// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.face;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An error in OpenAI's terms.
 *
 * @param status the HTTP status
 * @param type the class of error, by which clients choose an exception
 * @param code the error itself, {@code null} if the type says it all
 * @param param the part of the request at fault, {@code null} if there is none
 * @param message what happened, for people; never a provider's words unless that is
 * switched on
 * @param retryAfter when to come back, {@code null} if time alone does not help
 */
public record GatewayError(int status, String type, @Nullable String code, @Nullable String param, String message,
		@Nullable Duration retryAfter) {

	/** The client has to change its request. */
	public static final String INVALID_REQUEST = "invalid_request_error";

	/** The client has to wait. */
	public static final String RATE_LIMIT = "rate_limit_error";

	/** The client is not at fault. */
	public static final String SERVER_ERROR = "server_error";

	/** A part of the request is wrong. */
	public static GatewayError invalid(String code, @Nullable String param, String message) {
		return new GatewayError(400, INVALID_REQUEST, code, param, message, null);
	}

	/** An error of this side, which the client did not cause. */
	public static GatewayError server(int status, String code, String message) {
		return new GatewayError(status, SERVER_ERROR, code, null, message, null);
	}

	/** The same error with another status. */
	public GatewayError status(int status) {
		return new GatewayError(status, this.type, this.code, this.param, this.message, this.retryAfter);
	}

	/** The same error with a time to come back. */
	public GatewayError retryAfter(@Nullable Duration wait) {
		return new GatewayError(this.status, this.type, this.code, this.param, this.message, wait);
	}

	/** The same error in other words. */
	public GatewayError saying(String words) {
		return new GatewayError(this.status, this.type, this.code, this.param, words, this.retryAfter);
	}

}
