// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.openai;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.Frame;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import io.github.fallbackai.test.wire.Tokens;
import io.github.fallbackai.test.wire.Turn;

/**
 * Writes an answer as {@code chat.completion.chunk} events: the role, the content, the
 * finish reason, the usage if it was asked for, {@code [DONE]}.
 */
final class ChatCompletionStream {

	private final Turn turn;

	private final List<Frame> frames = new ArrayList<>();

	ChatCompletionStream(Turn turn) {
		this.turn = turn;
	}

	List<Frame> frames() {
		Answer answer = this.turn.answer();
		role(answer);
		if (this.turn.rules() == ProviderRules.OPENROUTER) {
			reasoningDetails(answer.reasoning());
		}
		else {
			// The field of DeepSeek, vLLM and others. OpenAI itself streams no reasoning
			// here.
			text("reasoning_content", answer.reasoning());
		}
		text("content", answer.textOrEmpty());
		text("refusal", answer.refusal());
		toolCalls(answer.toolCalls());
		finish(ChatCompletion.word(answer.effectiveFinishReason()));
		return this.frames;
	}

	private void role(Answer answer) {
		ObjectNode delta = Json.object().put("role", "assistant");
		delta.put("content", answer.toolCalls().isEmpty() ? "" : null).putNull("refusal");
		this.frames.add(Frame.structure(event(delta, null)));
	}

	private void text(String field, String text) {
		for (String token : Tokens.of(text)) {
			this.frames.add(Frame.token(event(Json.object().put(field, token), null)));
		}
	}

	private void reasoningDetails(String reasoning) {
		for (String token : Tokens.of(reasoning)) {
			ObjectNode delta = Json.object().put("reasoning", token);
			delta.set("reasoning_details", ChatCompletion.details(Json.object().put("text", token)));
			this.frames.add(Frame.token(event(delta, null)));
		}
		if (!reasoning.isEmpty()) {
			ObjectNode signature = Json.object().put("signature", this.turn.seal().sign(reasoning));
			ObjectNode delta = Json.object().set("reasoning_details", ChatCompletion.details(signature));
			this.frames.add(Frame.structure(event(delta, null)));
		}
	}

	private void toolCalls(List<ToolCall> calls) {
		for (int index = 0; index < calls.size(); index++) {
			ToolCall call = calls.get(index);
			ObjectNode start = Json.object();
			ObjectNode head = start.putArray("tool_calls").addObject().put("index", index).put("id", call.id());
			head.put("type", "function").putObject("function").put("name", call.name()).put("arguments", "");
			this.frames.add(Frame.structure(event(start, null)));
			for (String piece : call.argumentPieces()) {
				ObjectNode delta = Json.object();
				ObjectNode part = delta.putArray("tool_calls").addObject().put("index", index);
				part.putObject("function").put("arguments", piece);
				this.frames.add(Frame.token(event(delta, null)));
			}
		}
	}

	private void finish(String reason) {
		this.frames.add(Frame.finish(event(Json.object(), reason)));
		if (this.turn.prompt().usageInStream()) {
			ObjectNode chunk = ChatCompletion.envelope(this.turn, "chat.completion.chunk");
			chunk.putArray("choices");
			chunk.set("usage", ChatCompletion.usage(this.turn.usage()));
			this.frames.add(Frame.structure(event(chunk)));
		}
		this.frames.add(Frame.terminator("data: [DONE]\n\n"));
	}

	private String event(ObjectNode delta, @Nullable String finishReason) {
		ObjectNode chunk = ChatCompletion.envelope(this.turn, "chat.completion.chunk");
		ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
		choice.set("delta", delta);
		choice.putNull("logprobs").put("finish_reason", finishReason);
		if (this.turn.prompt().usageInStream()) {
			chunk.putNull("usage");
		}
		return event(chunk);
	}

	private static String event(ObjectNode chunk) {
		return "data: " + Json.write(chunk) + "\n\n";
	}

}
