// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.FinishReason;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import io.github.fallbackai.test.wire.Turn;
import io.github.fallbackai.test.wire.Usage;

/**
 * Writes the {@code chat.completion} object, and what it has in common with its chunks.
 */
final class ChatCompletion {

	/** A constant, so that equal requests get equal bytes. */
	private static final long CREATED = 1_750_000_000L;

	private ChatCompletion() {
	}

	static String write(Turn turn) {
		ObjectNode completion = envelope(turn, "chat.completion");
		ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
		choice.set("message", message(turn));
		choice.putNull("logprobs").put("finish_reason", word(turn.answer().effectiveFinishReason()));
		completion.set("usage", usage(turn.usage()));
		return Json.write(completion);
	}

	static ObjectNode envelope(Turn turn, String object) {
		return Json.object()
			.put("id", "chatcmpl-" + turn.id())
			.put("object", object)
			.put("created", CREATED)
			.put("model", turn.model())
			.put("service_tier", "default")
			.put("system_fingerprint", "fp_simulated");
	}

	static ObjectNode usage(Usage usage) {
		ObjectNode node = Json.object()
			.put("prompt_tokens", usage.input())
			.put("completion_tokens", usage.output())
			.put("total_tokens", usage.total());
		node.putObject("prompt_tokens_details").put("cached_tokens", usage.cacheRead());
		node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
		return node;
	}

	static String word(FinishReason reason) {
		return switch (reason) {
			case STOP -> "stop";
			case LENGTH -> "length";
			case CONTENT_FILTER -> "content_filter";
			case TOOL_CALLS -> "tool_calls";
		};
	}

	private static ObjectNode message(Turn turn) {
		Answer answer = turn.answer();
		ObjectNode message = Json.object().put("role", "assistant");
		boolean silent = !answer.refusal().isEmpty() || !answer.toolCalls().isEmpty();
		message.put("content", (silent && answer.textOrEmpty().isEmpty()) ? null : answer.textOrEmpty());
		message.put("refusal", answer.refusal().isEmpty() ? null : answer.refusal());
		if (!answer.reasoning().isEmpty() && turn.rules() == ProviderRules.OPENROUTER) {
			message.put("reasoning", answer.reasoning());
			String signature = turn.seal().sign(answer.reasoning());
			message.set("reasoning_details",
					details(Json.object().put("text", answer.reasoning()).put("signature", signature)));
		}
		else if (!answer.reasoning().isEmpty()) {
			message.put("reasoning_content", answer.reasoning());
		}
		if (!answer.toolCalls().isEmpty()) {
			ArrayNode calls = message.putArray("tool_calls");
			answer.toolCalls().forEach((call) -> calls.add(toolCall(call)));
		}
		return message;
	}

	/** OpenRouter's form of reasoning. */
	static ArrayNode details(ObjectNode content) {
		ObjectNode detail = Json.object().put("type", "reasoning.text").setAll(content);
		return Json.object().putArray("list").add(detail.put("format", "anthropic-claude-v1").put("index", 0));
	}

	private static ObjectNode toolCall(ToolCall call) {
		ObjectNode node = Json.object().put("id", call.id()).put("type", "function");
		node.putObject("function").put("name", call.name()).put("arguments", call.arguments());
		return node;
	}

}
