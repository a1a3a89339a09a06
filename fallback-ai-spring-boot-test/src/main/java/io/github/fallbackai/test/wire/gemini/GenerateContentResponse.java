// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.gemini;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.FinishReason;
import io.github.fallbackai.test.wire.Frame;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import io.github.fallbackai.test.wire.Tokens;
import io.github.fallbackai.test.wire.Turn;

/**
 * Writes an answer as one response, or as a stream of responses with one token each; the
 * last of them carries the finish reason, and nothing marks the end. Tool calls are not
 * cut into pieces. A refusal is plain text here; a filtered answer without text is a
 * blocked prompt.
 */
final class GenerateContentResponse {

	private final Turn turn;

	private final Answer answer;

	GenerateContentResponse(Turn turn) {
		this.turn = turn;
		this.answer = turn.answer();
	}

	String unary() {
		if (isBlocked()) {
			return Json.write(blocked());
		}
		List<JsonNode> parts = new ArrayList<>();
		if (!this.answer.reasoning().isEmpty()) {
			parts.add(thought(this.answer.reasoning()));
		}
		if (!said().isEmpty()) {
			parts.add(signed(text(said())));
		}
		parts.addAll(functionCalls());
		return Json.write(response(parts, word(), this.turn.usage().output()));
	}

	List<Frame> stream() {
		if (isBlocked()) {
			return List.of(Frame.finish(event(blocked())));
		}
		List<JsonNode> parts = new ArrayList<>();
		Tokens.of(this.answer.reasoning()).forEach((token) -> parts.add(thought(token)));
		Tokens.of(said()).forEach((token) -> parts.add(text(token)));
		parts.addAll(functionCalls());
		List<Frame> frames = new ArrayList<>();
		for (JsonNode part : parts) {
			frames.add(Frame.token(event(response(List.of(part), null, frames.size() + 1))));
		}
		frames.add(Frame.finish(event(response(List.of(signed(text(""))), word(), this.turn.usage().output()))));
		return frames;
	}

	private String said() {
		return this.answer.textOrEmpty() + this.answer.refusal();
	}

	private boolean isBlocked() {
		return this.answer.effectiveFinishReason() == FinishReason.CONTENT_FILTER && said().isEmpty();
	}

	private ObjectNode blocked() {
		ObjectNode response = Json.object();
		response.putObject("promptFeedback").put("blockReason", "SAFETY");
		return finish(response, 0);
	}

	private ObjectNode response(List<JsonNode> parts, @Nullable String finishReason, int tokens) {
		ObjectNode response = Json.object();
		ObjectNode candidate = response.putArray("candidates").addObject();
		candidate.putObject("content").put("role", "model").putArray("parts").addAll(parts);
		if (finishReason != null) {
			candidate.put("finishReason", finishReason);
		}
		candidate.put("index", 0);
		return finish(response, tokens);
	}

	private ObjectNode finish(ObjectNode response, int tokens) {
		int thoughts = Math.min(tokens, this.turn.usage().reasoning());
		ObjectNode usage = response.putObject("usageMetadata");
		usage.put("promptTokenCount", this.turn.usage().input()).put("candidatesTokenCount", tokens - thoughts);
		if (thoughts > 0) {
			usage.put("thoughtsTokenCount", thoughts);
		}
		if (this.turn.usage().cacheRead() > 0) {
			usage.put("cachedContentTokenCount", this.turn.usage().cacheRead());
		}
		usage.put("totalTokenCount", this.turn.usage().input() + tokens);
		return response.put("modelVersion", this.turn.model()).put("responseId", this.turn.id());
	}

	private String word() {
		return switch (this.answer.effectiveFinishReason()) {
			case STOP, TOOL_CALLS -> "STOP";
			case LENGTH -> "MAX_TOKENS";
			case CONTENT_FILTER -> "SAFETY";
		};
	}

	private static ObjectNode text(String text) {
		return Json.object().put("text", text);
	}

	private static ObjectNode thought(String text) {
		return text(text).put("thought", true);
	}

	/** An answer without calls has a signature at its end. */
	private ObjectNode signed(ObjectNode part) {
		return (signs() && this.answer.toolCalls().isEmpty())
				? part.put(ContentsRules.SIGNATURE, this.turn.seal().sign(said())) : part;
	}

	private boolean signs() {
		return this.turn.rules() != ProviderRules.NONE && ContentsRules.signs(this.turn.prompt().model());
	}

	/** The first of parallel calls has a signature. */
	private List<ObjectNode> functionCalls() {
		List<ObjectNode> parts = new ArrayList<>();
		for (ToolCall call : this.answer.toolCalls()) {
			ObjectNode part = Json.object();
			ObjectNode functionCall = part.putObject("functionCall").put("name", call.name());
			functionCall.set("args", Json.readOrQuote(call.arguments()));
			if (signs() && parts.isEmpty()) {
				part.put(ContentsRules.SIGNATURE, this.turn.seal().sign(ContentsRules.content(functionCall)));
			}
			parts.add(part);
		}
		return parts;
	}

	private static String event(ObjectNode response) {
		return "data: " + Json.write(response) + "\n\n";
	}

}
