package io.github.fallbackai.test.wire.responses;

import java.util.ArrayList;
import java.util.List;

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
			ObjectNode item = this.document.call(call);
			begin(item.deepCopy().put("arguments", ""));
			deltas("response.function_call_arguments.delta", item, this.answer.toolCalls().get(call).argumentPieces());
			end(item);
		}
		ObjectNode end = Json.object().set("response", this.document.ended());
		this.frames.add(Frame.finish(event("response." + this.document.status(), end)));
		return this.frames;
	}

	private void reasoning(ObjectNode item) {
		ObjectNode start = item.deepCopy();
		start.putArray("summary");
		begin(start.put("encrypted_content", ""));
		ObjectNode part = place(item).put("summary_index", 0);
		part.putObject("part").put("type", "summary_text").put("text", "");
		structure("response.reasoning_summary_part.added", part);
		for (String token : Tokens.of(this.answer.reasoning())) {
			ObjectNode delta = place(item).put("summary_index", 0).put("delta", token);
			this.frames.add(Frame.token(event("response.reasoning_summary_text.delta", delta)));
		}
		end(item);
	}

	private void message(ObjectNode item) {
		ObjectNode start = item.deepCopy().put("status", "in_progress");
		start.putArray("content");
		begin(start);
		deltas("response.output_text.delta", item, Tokens.of(this.answer.textOrEmpty()));
		deltas("response.refusal.delta", item, Tokens.of(this.answer.refusal()));
		end(item);
	}

	private void begin(ObjectNode item) {
		structure("response.output_item.added", Json.object().put("output_index", this.index).set("item", item));
	}

	private void deltas(String type, ObjectNode item, List<String> pieces) {
		for (String piece : pieces) {
			ObjectNode delta = place(item).put("content_index", 0).put("delta", piece);
			if (type.equals("response.output_text.delta")) {
				delta.putArray("logprobs");
			}
			this.frames.add(Frame.token(event(type, delta)));
		}
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
