// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.anthropic;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.Frame;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ToolCall;
import io.github.fallbackai.test.wire.Tokens;
import io.github.fallbackai.test.wire.Turn;

/**
 * Writes an answer as Messages events: the start, a ping, the content block by block, the
 * stop reason with the usage, the stop.
 *
 * @see <a href=
 * "https://docs.anthropic.com/en/docs/build-with-claude/streaming">Streaming messages</a>
 */
final class MessageStream {

	static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

	private final Turn turn;

	private final List<Frame> frames = new ArrayList<>();

	private int block;

	MessageStream(Turn turn) {
		this.turn = turn;
	}

	List<Frame> frames() {
		Answer answer = this.turn.answer();
		start();
		if (!answer.reasoning().isEmpty()) {
			thinking(answer.reasoning());
		}
		if (!answer.textOrEmpty().isEmpty()) {
			text(answer.textOrEmpty());
		}
		answer.toolCalls().forEach(this::toolUse);
		stop(answer);
		return this.frames;
	}

	private void start() {
		ObjectNode message = MessageDocument.message(this.turn);
		message.putArray("content");
		message.putNull("stop_reason").putNull("stop_sequence");
		message.set("usage", MessageDocument.usage(this.turn.usage(), 1));
		this.frames.add(Frame.structure(event("message_start", Json.object().set("message", message))));
		this.frames.add(Frame.structure(PING));
	}

	private void thinking(String reasoning) {
		startBlock(Json.object().put("type", "thinking").put("thinking", "").put("signature", ""));
		for (String token : Tokens.of(reasoning)) {
			this.frames.add(Frame.token(delta("thinking_delta", "thinking", token)));
		}
		this.frames.add(Frame.structure(delta("signature_delta", "signature", this.turn.seal().sign(reasoning))));
		stopBlock();
	}

	private void text(String text) {
		startBlock(Json.object().put("type", "text").put("text", ""));
		for (String token : Tokens.of(text)) {
			this.frames.add(Frame.token(delta("text_delta", "text", token)));
		}
		stopBlock();
	}

	private void toolUse(ToolCall call) {
		ObjectNode toolUse = Json.object().put("type", "tool_use").put("id", call.id()).put("name", call.name());
		startBlock(toolUse.set("input", Json.object()));
		this.frames.add(Frame.structure(delta("input_json_delta", "partial_json", "")));
		for (String piece : call.argumentPieces()) {
			this.frames.add(Frame.token(delta("input_json_delta", "partial_json", piece)));
		}
		stopBlock();
	}

	private void stop(Answer answer) {
		ObjectNode delta = Json.object().set("delta", MessageDocument.stop(answer));
		delta.putObject("usage").put("output_tokens", this.turn.usage().output());
		this.frames.add(Frame.finish(event("message_delta", delta)));
		this.frames.add(Frame.terminator(event("message_stop", Json.object())));
	}

	private void startBlock(ObjectNode content) {
		ObjectNode start = Json.object().put("index", this.block).set("content_block", content);
		this.frames.add(Frame.structure(event("content_block_start", start)));
	}

	private void stopBlock() {
		this.frames.add(Frame.structure(event("content_block_stop", Json.object().put("index", this.block))));
		this.block++;
	}

	private String delta(String type, String field, String value) {
		ObjectNode delta = Json.object().put("index", this.block);
		delta.putObject("delta").put("type", type).put(field, value);
		return event("content_block_delta", delta);
	}

	private static String event(String type, ObjectNode fields) {
		ObjectNode data = Json.object().put("type", type).setAll(fields);
		return "event: " + type + "\ndata: " + Json.write(data) + "\n\n";
	}

}
