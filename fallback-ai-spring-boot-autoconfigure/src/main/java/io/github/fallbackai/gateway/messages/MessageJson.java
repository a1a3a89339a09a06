// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * What whole messages and streams have in common.
 */
final class MessageJson {

	private static final String STOP_SEQUENCE = "stop_sequence";

	private static final String STOP_DETAILS = "stop_details";

	private static final String WINDOW_EXCEEDED = "model_context_window_exceeded";

	private MessageJson() {
	}

	/**
	 * An id of our own, because several providers may have written the answer.
	 * @param prefix what it begins with
	 */
	static String newId(String prefix) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return prefix + HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextInt());
	}

	/** A message without content, as a stream begins. */
	static ObjectNode message(String id, String model) {
		ObjectNode message = GatewayJson.object()
			.put("id", id)
			.put("type", "message")
			.put("role", "assistant")
			.put("model", model);
		message.putArray("content");
		return message.putNull("stop_reason").putNull(STOP_SEQUENCE).putNull(STOP_DETAILS);
	}

	/**
	 * Says why the model stopped.
	 * @param response the answer
	 * @param sequences the texts at which it had to stop
	 * @param holder where to say it, with what the provider said
	 */
	static void stop(ChatResponse response, List<String> sequences, ObjectNode holder) {
		String reason = reason(response);
		holder.put("stop_reason", reason);
		if (!holder.path(STOP_SEQUENCE).isTextual()) {
			// Only Anthropic says at which one.
			boolean known = reason.equals(STOP_SEQUENCE) && sequences.size() == 1;
			holder.put(STOP_SEQUENCE, known ? sequences.get(0) : null);
		}
		ObjectNode members = BlockState.members(response.toMessage().state());
		holder.set(STOP_DETAILS, (members != null) ? members.get(STOP_DETAILS) : null);
	}

	/** A word that the API does not know is the provider's own, never an end in order. */
	private static String reason(ChatResponse response) {
		String raw = Objects.requireNonNullElse(response.rawFinishReason(), "");
		return switch (response.finishReason()) {
			case LENGTH -> WINDOW_EXCEEDED.equals(raw) ? raw : "max_tokens";
			case TOOL_CALLS -> "tool_use";
			case CONTENT_FILTER, REFUSAL -> "refusal";
			case STOP -> STOP_SEQUENCE.equals(raw) ? raw : "end_turn";
			case OTHER -> raw.isEmpty() ? "other" : raw;
		};
	}

	/** Tokens; Anthropic does not include those of the cache in {@code input_tokens}. */
	static ObjectNode usage(@Nullable Usage usage) {
		ObjectNode json = GatewayJson.object();
		long read = orZero((usage != null) ? usage.cachedInputTokens() : null);
		long written = orZero((usage != null) ? usage.cacheWriteTokens() : null);
		json.put("input_tokens", (usage != null) ? Math.max(0, usage.inputTokens() - read - written) : 0);
		json.put("cache_creation_input_tokens", written);
		json.put("cache_read_input_tokens", read);
		json.put("output_tokens", (usage != null) ? usage.outputTokens() : 0);
		if (usage != null && usage.reasoningTokens() != null) {
			json.putObject("output_tokens_details").put("thinking_tokens", usage.reasoningTokens());
		}
		return json;
	}

	private static long orZero(@Nullable Long tokens) {
		return (tokens != null) ? tokens : 0;
	}

}
