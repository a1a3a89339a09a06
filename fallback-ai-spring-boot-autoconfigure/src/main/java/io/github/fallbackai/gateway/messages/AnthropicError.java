// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.face.ErrorResponse;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

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

	private static final String TOO_LONG = "context_length_exceeded";

	private static final String TOO_LONG_WORDS = "prompt is too long";

	/** What fits into a header. */
	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,200}");

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

	/**
	 * An error as an endpoint that speaks this API wrote it.
	 * @param error the same error in the gateway's words
	 * @param status the HTTP status
	 * @param body the body
	 * @return the answer, {@code null} if it is no error in this shape, or says in other
	 * words than Anthropic that a conversation is too long
	 */
	static @Nullable ErrorResponse quote(GatewayError error, int status, String body) {
		JsonNode json = GatewayJson.value(body);
		boolean otherWords = TOO_LONG.equals(error.code()) && !body.contains(TOO_LONG_WORDS);
		if (json == null || !isError(json) || otherWords) {
			return null;
		}
		String id = json.path("request_id").asText();
		return new ErrorResponse(status,
				Map.of(MessagesFace.REQUEST_ID, ID.matcher(id).matches() ? id : MessageJson.newId("req_")),
				body.getBytes(StandardCharsets.UTF_8));
	}

	private static boolean isError(JsonNode json) {
		return "error".equals(json.path("type").textValue()) && json.path("error").path("type").isTextual()
				&& json.path("error").path("message").isTextual();
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
		boolean tooLong = TOO_LONG.equals(error.code()) && !error.message().contains(TOO_LONG_WORDS);
		return tooLong ? TOO_LONG_WORDS + ": " + error.message() : error.message();
	}

}
