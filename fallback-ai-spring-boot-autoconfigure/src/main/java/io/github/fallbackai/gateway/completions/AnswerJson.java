// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.state.ProviderMembers;

/**
 * What whole answers and chunks have in common.
 */
final class AnswerJson {

	private static final String PROMPT_DETAILS = "/prompt_tokens_details";

	private AnswerJson() {
	}

	/**
	 * An id of our own, because several providers may have written the answer.
	 */
	static String newId() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return "chatcmpl-" + HexFormat.of().toHexDigits(random.nextLong())
				+ HexFormat.of().toHexDigits(random.nextLong());
	}

	/** A word that the API does not know is the provider's own, never {@code stop}. */
	static String finishReason(ChatResponse response) {
		return switch (response.finishReason()) {
			case LENGTH -> "length";
			case TOOL_CALLS -> "tool_calls";
			case CONTENT_FILTER -> "content_filter";
			case STOP, REFUSAL -> "stop";
			case OTHER -> Objects.requireNonNullElse(response.rawFinishReason(), "other");
		};
	}

	static ObjectNode usage(Usage usage) {
		ObjectNode json = GatewayJson.object();
		json.put("prompt_tokens", usage.inputTokens());
		json.put("completion_tokens", usage.outputTokens());
		json.put("total_tokens", usage.totalTokens());
		if (usage.cachedInputTokens() != null) {
			json.withObject(PROMPT_DETAILS).put("cached_tokens", usage.cachedInputTokens());
		}
		if (usage.cacheWriteTokens() != null) {
			// OpenRouter's name for it.
			json.withObject(PROMPT_DETAILS).put("cache_write_tokens", usage.cacheWriteTokens());
		}
		if (usage.reasoningTokens() != null) {
			json.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
		}
		return json;
	}

	/** Adds a note of a provider's, in that provider's shape, which is OpenAI's. */
	static void add(Annotation annotation, ObjectNode message) {
		message.withArray("annotations").addRawValue(new RawValue(annotation.json()));
	}

	/** Adds a tool call and returns it. */
	static ObjectNode add(ToolCall call, ArrayNode calls) {
		ObjectNode json = calls.addObject().put("id", call.id()).put("type", "function");
		json.putObject("function").put("name", call.name()).put("arguments", call.arguments());
		ProviderMembers.add(call, json);
		return json;
	}

}
