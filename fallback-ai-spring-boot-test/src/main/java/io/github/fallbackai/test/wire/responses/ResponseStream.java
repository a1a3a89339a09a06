// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.responses;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.Frame;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.Tokens;
import io.github.fallbackai.test.wire.Turn;

/**
 * Writes an answer as typed events: the response, its items one after the other, each
 * with its deltas, and the response again.
 */
final class ResponseStream {

	private final Answer answer;

	private final ResponseDocument document;

	private final List<Frame> frames = new ArrayList<>();

	private int index;

	ResponseStream(Turn turn) {
		this.answer = turn.answer();
		this.document = new ResponseDocument(turn);
	}

	List<Frame> frames() {
		structure("response.created", Json.object().set("response", this.document.begun()));
		structure("response.in_progress", Json.object().set("response", this.document.begun()));
		if (!this.answer.reasoning().isEmpty()) {
			reasoning(this.document.reasoning());
		}
		if (this.document.hasMessage()) {
			message(this.document.message());
		}
		for (int call = 0; call < this.answer.toolCalls().size(); call++) {
			call(this.document.call(call), this.answer.toolCalls().get(call).argumentPieces());
		}
		ObjectNode end = Json.object().set("response", this.document.ended());
		this.frames.add(Frame.finish(event("response." + this.document.status(), end)));
		return this.frames;
	}

	private void call(ObjectNode item, List<String> argumentPieces) {
		begin(item.deepCopy().put("arguments", ""));
		for (String piece : argumentPieces) {
			token("response.function_call_arguments.delta", place(item).put("delta", piece));
		}
		structure("response.function_call_arguments.done",
				place(item).setAll(item.deepCopy().retain("name", "arguments")));
		end(item);
	}

	private void reasoning(ObjectNode item) {
		ObjectNode start = item.deepCopy();
		start.putArray("summary");
		begin(start.put("encrypted_content", ""));
		JsonNode part = item.path("summary").path(0);
		structure("response.reasoning_summary_part.added", summary(item).set("part", empty(part)));
		for (String token : Tokens.of(this.answer.reasoning())) {
			token("response.reasoning_summary_text.delta", summary(item).put("delta", token));
		}
		structure("response.reasoning_summary_text.done", summary(item).put("text", part.path("text").asText()));
		structure("response.reasoning_summary_part.done", summary(item).set("part", part));
		end(item);
	}

	private ObjectNode summary(ObjectNode item) {
		return place(item).put("summary_index", 0);
	}

	private void message(ObjectNode item) {
		ObjectNode start = item.deepCopy().put("status", "in_progress");
		start.putArray("content");
		begin(start);
		JsonNode part = item.path("content").path(0);
		structure("response.content_part.added", content(item).set("part", empty(part)));
		if (part.has("refusal")) {
			refusal(item, part.path("refusal").asText());
		}
		else {
			text(item, part.path("text").asText());
		}
		structure("response.content_part.done", content(item).set("part", part));
		end(item);
	}

	private void text(ObjectNode item, String text) {
		for (String token : Tokens.of(text)) {
			token("response.output_text.delta",
					content(item).put("delta", token).set("logprobs", Json.object().arrayNode()));
		}
		structure("response.output_text.done",
				content(item).put("text", text).set("logprobs", Json.object().arrayNode()));
	}

	private void refusal(ObjectNode item, String refusal) {
		for (String token : Tokens.of(refusal)) {
			token("response.refusal.delta", content(item).put("delta", token));
		}
		structure("response.refusal.done", content(item).put("refusal", refusal));
	}

	private ObjectNode content(ObjectNode item) {
		return place(item).put("content_index", 0);
	}

	/** A part before any of its text was generated. */
	private static ObjectNode empty(JsonNode part) {
		ObjectNode empty = part.deepCopy();
		return empty.put(empty.has("refusal") ? "refusal" : "text", "");
	}

	private void begin(ObjectNode item) {
		structure("response.output_item.added", Json.object().put("output_index", this.index).set("item", item));
	}

	private void token(String type, ObjectNode members) {
		this.frames.add(Frame.token(event(type, members)));
	}

	private void end(ObjectNode item) {
		structure("response.output_item.done", Json.object().put("output_index", this.index).set("item", item));
		this.index++;
	}

	private ObjectNode place(ObjectNode item) {
		return Json.object().put("item_id", item.path("id").asText()).put("output_index", this.index);
	}

	private void structure(String type, ObjectNode members) {
		this.frames.add(Frame.structure(event(type, members)));
	}

	private String event(String type, ObjectNode members) {
		ObjectNode data = Json.object().put("type", type).setAll(members);
		data.put("sequence_number", this.frames.size());
		return "event: " + type + "\ndata: " + Json.write(data) + "\n\n";
	}

}
