// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.openai;

import java.util.Objects;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;

/**
 * Writes Azure's error object: always a code, often the status as text; a type only if
 * the model behind it reports one.
 */
final class AzureOpenAiErrors {

	private AzureOpenAiErrors() {
	}

	static String write(ProviderError error) {
		ObjectNode body = Json.object();
		ObjectNode node = body.putObject("error")
			.put("code", Objects.requireNonNullElse(error.code(), typicalCode(error.status())))
			.put("message", Objects.requireNonNullElse(error.message(), typicalMessage(error.status())));
		if (error.type() != null) {
			node.put("type", error.type());
		}
		if (error.param() != null) {
			node.put("param", error.param());
		}
		else if (error.code() == null && namesPart(error.status())) {
			node.put("param", "messages");
		}
		if ("content_filter".equals(error.code())) {
			node.putObject("innererror").put("code", "ResponsibleAIPolicyViolation");
		}
		return Json.write(body);
	}

	/**
	 * A mistake of the caller counts as one only if it names a part of the request.
	 */
	private static boolean namesPart(int status) {
		return status == 400 || status == 422;
	}

	private static String typicalCode(int status) {
		return switch (status) {
			case 400 -> "BadRequest";
			case 404 -> "DeploymentNotFound";
			case 429 -> "RateLimitReached";
			case 500 -> "InternalServerError";
			case 503 -> "ServiceUnavailable";
			default -> Integer.toString(status);
		};
	}

	private static String typicalMessage(int status) {
		return switch (status) {
			case 401 -> "Access denied: the key or the endpoint is not valid.";
			case 404 -> "There is no such deployment in this resource.";
			case 429 -> "The call rate limit of this pricing tier is exceeded; please retry after 6 seconds.";
			default -> (status < 500) ? "The request cannot be processed." : "The server had an error.";
		};
	}

}
