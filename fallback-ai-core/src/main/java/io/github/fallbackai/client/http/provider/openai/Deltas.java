// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Finds the text in a delta or a message.
 */
final class Deltas {

	private Deltas() {
	}

	/** Whether there is anything but reasoning. */
	static boolean says(JsonNode delta) {
		for (JsonNode part : delta.path("content")) {
			if (part.has("text") || part.has("refusal")) {
				return true;
			}
		}
		return !ProviderJson.text(delta, "content").isEmpty() || !ProviderJson.text(delta, "refusal").isEmpty()
				|| !delta.path("tool_calls").isEmpty() || delta.path("function_call").isObject();
	}

	/**
	 * The text, refusals included, because for the reader they are the answer.
	 * @return whether there was a refusal
	 */
	static boolean text(JsonNode delta, AnswerEvents answer) {
		boolean refused = false;
		JsonNode content = delta.path("content");
		if (content.isTextual()) {
			answer.text(content.textValue());
		}
		for (JsonNode part : content) {
			answer.text(ProviderJson.text(part, "text"));
			refused |= refusal(part, answer);
		}
		return refusal(delta, answer) || refused;
	}

	private static boolean refusal(JsonNode holder, AnswerEvents answer) {
		String refusal = ProviderJson.text(holder, "refusal");
		answer.refusal(refusal);
		return !refusal.isEmpty();
	}

}
