// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.anthropic;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ToolCall;
import io.github.fallbackai.test.wire.Turn;
import io.github.fallbackai.test.wire.Usage;

/**
 * Writes the {@code message} object, and what it has in common with its events.
 */
final class MessageDocument {

	private MessageDocument() {
	}

	static String write(Turn turn) {
		ObjectNode message = message(turn);
		message.putArray("content").addAll(content(turn));
		message.setAll(stop(turn.answer()));
		message.set("usage", usage(turn.usage(), turn.usage().output()));
		return Json.write(message);
	}

	static ObjectNode message(Turn turn) {
		return Json.object()
			.put("id", "msg_" + turn.id())
			.put("type", "message")
			.put("role", "assistant")
			.put("model", turn.model());
	}

	/** Tokens of the cache are not among the tokens of the input. */
	static ObjectNode usage(Usage usage, int output) {
		return Json.object()
			.put("input_tokens", usage.input() - usage.cacheRead() - usage.cacheWritten())
			.put("cache_creation_input_tokens", usage.cacheWritten())
			.put("cache_read_input_tokens", usage.cacheRead())
			.put("output_tokens", output);
	}

	/**
	 * Why it stopped. A refusal has no content, only an explanation here.
	 */
	static ObjectNode stop(Answer answer) {
		ObjectNode stop = Json.object();
		if (answer.refusal().isEmpty()) {
			return stop.put("stop_reason", word(answer)).putNull("stop_sequence");
		}
		stop.put("stop_reason", "refusal").putNull("stop_sequence");
		stop.putObject("stop_details").put("type", "refusal").put("explanation", answer.refusal());
		return stop;
	}

	private static String word(Answer answer) {
		return switch (answer.effectiveFinishReason()) {
			case STOP -> "end_turn";
			case LENGTH -> "max_tokens";
			case CONTENT_FILTER -> "refusal";
			case TOOL_CALLS -> "tool_use";
		};
	}

	private static List<ObjectNode> content(Turn turn) {
		Answer answer = turn.answer();
		List<ObjectNode> blocks = new ArrayList<>();
		if (!answer.reasoning().isEmpty()) {
			// Only the provider can check the signature.
			String signature = turn.seal().sign(answer.reasoning());
			blocks.add(block("thinking").put("thinking", answer.reasoning()).put("signature", signature));
		}
		if (!answer.textOrEmpty().isEmpty()) {
			blocks.add(block("text").put("text", answer.textOrEmpty()));
		}
		for (ToolCall call : answer.toolCalls()) {
			ObjectNode block = block("tool_use").put("id", call.id()).put("name", call.name());
			blocks.add(block.set("input", Json.readOrQuote(call.arguments())));
		}
		return blocks;
	}

	private static ObjectNode block(String type) {
		return Json.object().put("type", type);
	}

}
