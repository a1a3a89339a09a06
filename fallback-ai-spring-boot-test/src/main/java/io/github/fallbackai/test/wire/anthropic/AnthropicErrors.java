// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.anthropic;

import java.util.Objects;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;

/**
 * Writes Anthropic's error object: a type and a message.
 *
 * @see <a href="https://docs.anthropic.com/en/api/errors">Anthropic errors</a>
 */
final class AnthropicErrors {

	private AnthropicErrors() {
	}

	static String write(ProviderError error) {
		ObjectNode body = Json.object().put("type", "error");
		body.putObject("error")
			.put("type", Objects.requireNonNullElse(error.type(), typicalType(error.status())))
			.put("message", Objects.requireNonNullElse(error.message(), typicalMessage(error.status())));
		return Json.write(body);
	}

	private static String typicalType(int status) {
		return switch (status) {
			case 401 -> "authentication_error";
			case 402 -> "billing_error";
			case 403 -> "permission_error";
			case 404 -> "not_found_error";
			case 413 -> "request_too_large";
			case 429 -> "rate_limit_error";
			case 504 -> "timeout_error";
			case 529 -> "overloaded_error";
			default -> (status < 500) ? "invalid_request_error" : "api_error";
		};
	}

	private static String typicalMessage(int status) {
		return switch (status) {
			// A mistake of the caller. It counts as one only if it names a part of the
			// request.
			case 400, 422 -> "messages: The request cannot be processed";
			case 401 -> "The x-api-key header is not valid";
			case 404 -> "There is no such model";
			case 429 -> "The rate limit of this organization is reached";
			case 529 -> "Overloaded";
			default -> (status < 500) ? "The request cannot be processed" : "Internal server error";
		};
	}

}
