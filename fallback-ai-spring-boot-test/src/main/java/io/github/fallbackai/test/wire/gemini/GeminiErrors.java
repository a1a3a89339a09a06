// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.gemini;

import java.util.Objects;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;

/**
 * Writes Google's error object: the HTTP status as code, a status word, a message; an
 * error code such as {@code API_KEY_INVALID} is the reason in its details.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/troubleshooting">Gemini
 * troubleshooting</a>
 */
final class GeminiErrors {

	private GeminiErrors() {
	}

	static String write(ProviderError error) {
		ObjectNode body = Json.object();
		ObjectNode node = body.putObject("error")
			.put("code", error.status())
			.put("message", Objects.requireNonNullElse(error.message(), typicalMessage(error.status())))
			.put("status", Objects.requireNonNullElse(error.type(), typicalStatus(error.status())));
		if (error.code() != null) {
			node.putArray("details")
				.addObject()
				.put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
				.put("reason", error.code())
				.put("domain", "googleapis.com");
		}
		return Json.write(body);
	}

	private static String typicalStatus(int status) {
		return switch (status) {
			case 401 -> "UNAUTHENTICATED";
			case 403 -> "PERMISSION_DENIED";
			case 404 -> "NOT_FOUND";
			case 429 -> "RESOURCE_EXHAUSTED";
			case 503 -> "UNAVAILABLE";
			case 504 -> "DEADLINE_EXCEEDED";
			default -> (status < 500) ? "INVALID_ARGUMENT" : "INTERNAL";
		};
	}

	private static String typicalMessage(int status) {
		return switch (status) {
			// The caller's mistake, as which it counts only if it names a part of the
			// request.
			case 400, 422 -> "* GenerateContentRequest.contents[0]: The request cannot be processed.";
			case 404 -> "The model is not found for this API version.";
			case 429 -> "The quota is exhausted; please retry later.";
			case 503 -> "The model is overloaded; please retry later.";
			default -> (status < 500) ? "The request cannot be processed." : "An internal error has occurred.";
		};
	}

}
