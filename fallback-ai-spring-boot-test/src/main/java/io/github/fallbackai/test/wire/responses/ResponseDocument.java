// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.responses;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.FinishReason;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ToolCall;
import io.github.fallbackai.test.wire.Turn;
import io.github.fallbackai.test.wire.Usage;

/**
 * Writes the {@code response} object and its items.
 */
final class ResponseDocument {

	/** A constant, so that equal requests get equal bytes. */
	private static final long CREATED = 1_750_000_000L;

	private final Turn turn;

	private final Answer answer;

	ResponseDocument(Turn turn) {
		this.turn = turn;
		this.answer = turn.answer();
	}

	/** The response before anything was generated. */
	ObjectNode begun() {
		ObjectNode response = Json.object()
			.put("id", "resp_" + this.turn.id())
			.put("object", "response")
			.put("created_at", CREATED)
			.put("status", "in_progress")
			.putNull("error")
			.putNull("incomplete_details")
			.putNull("instructions")
			.put("model", this.turn.model());
		response.putArray("output");
		response.put("parallel_tool_calls", true).put("store", false).put("temperature", 1.0).put("top_p", 1.0);
		response.put("tool_choice", "auto").putArray("tools");
		response.putObject("metadata");
		return response.putNull("usage");
	}

	ObjectNode ended() {
		ObjectNode response = begun().put("status", status());
		FinishReason reason = this.answer.effectiveFinishReason();
		if (isCut()) {
			response.putObject("incomplete_details")
				.put("reason", (reason == FinishReason.LENGTH) ? "max_output_tokens" : "content_filter");
		}
		response.putArray("output").addAll(items());
		Usage usage = this.turn.usage();
		ObjectNode tokens = response.putObject("usage").put("input_tokens", usage.input());
		tokens.putObject("input_tokens_details").put("cached_tokens", usage.cacheRead()).put("cache_write_tokens", 0);
		tokens.put("output_tokens", usage.output());
		tokens.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
		tokens.put("total_tokens", usage.total());
		return response;
	}

	String status() {
		return isCut() ? "incomplete" : "completed";
	}

	private boolean isCut() {
		FinishReason reason = this.answer.effectiveFinishReason();
		return reason == FinishReason.LENGTH || reason == FinishReason.CONTENT_FILTER;
	}

	private List<ObjectNode> items() {
		List<ObjectNode> items = new ArrayList<>();
		if (!this.answer.reasoning().isEmpty()) {
			items.add(reasoning());
		}
		if (hasMessage()) {
			items.add(message());
		}
		for (int index = 0; index < this.answer.toolCalls().size(); index++) {
			items.add(call(index));
		}
		return items;
	}

	boolean hasMessage() {
		return !this.answer.textOrEmpty().isEmpty() || !this.answer.refusal().isEmpty();
	}

	/** What the model thought, and the same in a form that only it can read. */
	ObjectNode reasoning() {
		ObjectNode item = Json.object().put("id", "rs_" + this.turn.id()).put("type", "reasoning");
		item.putArray("summary").addObject().put("type", "summary_text").put("text", this.answer.reasoning());
		return item.put("encrypted_content", this.turn.seal().sign(this.answer.reasoning()));
	}

	ObjectNode message() {
		ObjectNode message = Json.object()
			.put("id", "msg_" + this.turn.id())
			.put("type", "message")
			.put("status", status())
			.put("role", "assistant");
		ObjectNode part = message.putArray("content").addObject();
		if (this.answer.refusal().isEmpty()) {
			part.put("type", "output_text").putArray("annotations");
			part.put("text", this.answer.textOrEmpty());
		}
		else {
			part.put("type", "refusal").put("refusal", this.answer.refusal());
		}
		return message;
	}

	ObjectNode call(int index) {
		ToolCall call = this.answer.toolCalls().get(index);
		return Json.object()
			.put("id", "fc_" + this.turn.id() + index)
			.put("type", "function_call")
			.put("status", status())
			.put("arguments", call.arguments())
			.put("call_id", call.id())
			.put("name", call.name());
	}

}
