package io.github.fallbackai.client.http.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Finds text and reasoning in a delta or a message, under any name that servers use.
 */
final class Deltas {

	private Deltas() {
	}

	/** The text, refusals included, because for the reader they are the answer. */
	static void text(JsonNode delta, AnswerEvents answer) {
		JsonNode content = delta.path("content");
		if (content.isTextual()) {
			answer.text(content.textValue());
		}
		for (JsonNode part : content) {
			answer.text(ProviderJson.text(part, "text"));
			answer.refusal(ProviderJson.text(part, "refusal"));
		}
		answer.refusal(ProviderJson.text(delta, "refusal"));
	}

	/**
	 * The reasoning: {@code reasoning_content} (DeepSeek, xAI, vLLM), {@code reasoning}
	 * (OpenRouter, Groq, Together), parts of type {@code thinking} (Mistral), or
	 * {@code reasoning_details} whose text is encrypted (OpenRouter).
	 */
	static void reasoning(JsonNode delta, AnswerEvents answer) {
		String text = ProviderJson.text(delta, "reasoning_content");
		if (text.isEmpty()) {
			text = ProviderJson.text(delta, "reasoning");
		}
		if (!text.isEmpty() || delta.path("reasoning_details").size() > 0) {
			answer.reasoning(text);
		}
		for (JsonNode part : delta.path("content")) {
			for (JsonNode thought : part.path("thinking")) {
				answer.reasoning(ProviderJson.text(thought, "text"));
			}
		}
	}

}
