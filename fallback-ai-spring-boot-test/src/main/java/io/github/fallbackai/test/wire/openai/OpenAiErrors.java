// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;

/**
 * Writes OpenAI's error object: message, type, param and code, the last two often null.
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI error
 * codes</a>
 */
final class OpenAiErrors {

	private OpenAiErrors() {
	}

	static String write(ProviderError error) {
		ProviderError typical = typicalOf(error);
		ObjectNode body = Json.object();
		body.putObject("error")
			.put("message", either(error.message(), typical.message()))
			.put("type", either(error.type(), typical.type()))
			.put("param", either(error.param(), typical.param()))
			.put("code", either(error.code(), typical.code()));
		return Json.write(body);
	}

	private static ProviderError typicalOf(ProviderError error) {
		if ("insufficient_quota".equals(error.code())) {
			return typical(error, "insufficient_quota", null, "You have used up your quota; check plan and billing.");
		}
		return switch (error.status()) {
			case 401 ->
				typical(error, "invalid_request_error", "invalid_api_key", "The API key provided is not correct.");
			case 403 ->
				typical(error, "invalid_request_error", null, "This project has no access to what you ask for.");
			case 404 -> typical(error, "invalid_request_error", "model_not_found",
					"The model does not exist or you have no access to it.")
				.withParam("model");
			case 429 ->
				typical(error, "requests", "rate_limit_exceeded", "Rate limit reached; please try again later.");
			case 503 -> typical(error, "server_error", null, "The engine is overloaded; please try again later.");
			// The caller's mistake, as which it counts only if it names a part of the
			// request.
			case 400, 422 ->
				typical(error, "invalid_request_error", null, "The request cannot be processed.").withParam("messages");
			default -> (error.status() < 500)
					? typical(error, "invalid_request_error", null, "The request cannot be processed.")
					: typical(error, "server_error", null, "The server had an error while processing your request.");
		};
	}

	private static ProviderError typical(ProviderError error, String type, @Nullable String code, String message) {
		return new ProviderError(error.status(), type, code, message, null);
	}

	private static @Nullable String either(@Nullable String given, @Nullable String typical) {
		return (given != null) ? given : typical;
	}

}
