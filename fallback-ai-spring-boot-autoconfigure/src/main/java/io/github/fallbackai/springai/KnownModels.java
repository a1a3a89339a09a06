// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.Set;

import org.springframework.ai.chat.model.ChatModel;

/**
 * What is known of Spring AI's own models, by their names: none of them is a dependency.
 * Of a model that is not listed nothing is known.
 */
final class KnownModels {

	private static final String AI = "org.springframework.ai.";

	/** Below these is a client of Spring, which does not repeat requests. */
	private static final Set<String> REPEATING_BY_TEMPLATE_ONLY = Set.of(AI + "anthropic.AnthropicChatModel",
			AI + "deepseek.DeepSeekChatModel", AI + "minimax.MiniMaxChatModel", AI + "mistralai.MistralAiChatModel",
			AI + "ollama.OllamaChatModel", AI + "openai.OpenAiChatModel", AI + "zhipuai.ZhiPuAiChatModel");

	/** These refuse a prompt that has more, and ignore where it is. */
	private static final Set<String> TAKING_ONE_SYSTEM_MESSAGE = Set.of(AI + "google.genai.GoogleGenAiChatModel",
			AI + "vertexai.gemini.VertexAiGeminiChatModel");

	private KnownModels() {
	}

	/**
	 * Whether only the template of a model repeats requests, and no client or SDK below
	 * it.
	 */
	static boolean repeatsByTemplateOnly(ChatModel model) {
		return is(model, REPEATING_BY_TEMPLATE_ONLY);
	}

	static boolean takesOneSystemMessage(ChatModel model) {
		return is(model, TAKING_ONE_SYSTEM_MESSAGE);
	}

	/** A proxy is a subclass. */
	private static boolean is(ChatModel model, Set<String> names) {
		Class<?> type = model.getClass();
		while (type != null && !names.contains(type.getName())) {
			type = type.getSuperclass();
		}
		return type != null;
	}

}
