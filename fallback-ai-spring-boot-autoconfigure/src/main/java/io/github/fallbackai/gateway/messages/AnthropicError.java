// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.json.GatewayJson;

/**
 * Writes errors in Anthropic's shape: see
 * <a href="https://docs.anthropic.com/en/api/errors">errors</a>.
 */
final class AnthropicError {

	/** Code of the refusal of a conversation that the server is to hold. */
	static final String NO_THREADS = "thread_unsupported_request";

	/** Anthropic's status for a server that takes no more requests. */
	private static final int OVERLOADED = 529;

	/** If an endpoint that speaks Anthropic wrote one of these, the client gets it. */
	private static final Set<String> TYPES = Set.of("invalid_request_error", "authentication_error", "billing_error",
			"permission_error", "not_found_error", "request_too_large", "rate_limit_error", "timeout_error",
			"api_error", "overloaded_error");

	private AnthropicError() {
	}

	/** The HTTP status of an error. */
	static int status(GatewayError error) {
		return (error.status() == 503) ? OVERLOADED : error.status();
	}

	/**
	 * The body of an answer, or an event of a stream.
	 * @param error the error
	 * @param requestId id of the request
	 */
	static ObjectNode json(GatewayError error, String requestId) {
		ObjectNode json = GatewayJson.object().put("type", "error");
		ObjectNode object = json.putObject("error").put("type", type(error)).put("message", message(error));
		if (NO_THREADS.equals(error.code())) {
			object.putObject("details").put("error_code", NO_THREADS).putArray("unsupported").add("thread");
		}
		return json.put("request_id", requestId);
	}

	private static String type(GatewayError error) {
		if (error.code() != null && TYPES.contains(error.code())) {
			return error.code();
		}
		return switch (error.status()) {
			case 401 -> "authentication_error";
			case 402 -> "billing_error";
			case 403 -> "permission_error";
			case 404 -> "not_found_error";
			case 413 -> "request_too_large";
			case 429 -> "rate_limit_error";
			case 503, OVERLOADED -> "overloaded_error";
			case 408, 504 -> "timeout_error";
			default -> (error.status() < 500) ? "invalid_request_error" : "api_error";
		};
	}

	/** Clients look for these words before they shorten a conversation. */
	private static String message(GatewayError error) {
		boolean tooLong = "context_length_exceeded".equals(error.code());
		return (tooLong && !error.message().contains("prompt is too long")) ? "prompt is too long: " + error.message()
				: error.message();
	}

}
