// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.MergedMembers;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;

/**
 * Makes events from an answer's JSON, in one piece or in chunks. Belongs to one answer.
 * Only the first choice is read, because this library asks for one.
 */
final class AnswerDecoder extends JsonAnswerDecoder {

	/** Members of a message that are read by name. */
	private static final Set<String> KNOWN = Set.of("role", "content", "refusal", "tool_calls", "function_call",
			"annotations", "audio", "reasoning_content", "reasoning");

	private static final int NO_CHOICE = Integer.MIN_VALUE;

	private final AnswerEvents answer;

	private final ToolCallAssembly toolCalls = new ToolCallAssembly();

	private final ReasoningDeltas reasoning;

	/** Members of the message that only the server understands. */
	private final MergedMembers members = new MergedMembers();

	private boolean membersTold = true;

	private boolean refuses;

	private int choiceIndex = NO_CHOICE;

	AnswerDecoder(ResponseHead head) {
		super(head);
		this.answer = events();
		this.reasoning = new ReasoningDeltas(this.answer);
	}

	@Override
	public List<EndpointEvent> decode(JsonNode chunk) {
		if (!chunk.isObject() || ErrorReport.describesError(chunk)) {
			return error(chunk);
		}
		// Azure opens its streams with a chunk about the prompt in which both are blank.
		this.answer.identify(ProviderJson.text(chunk, "id"), ProviderJson.text(chunk, "model"));
		JsonNode choice = firstChoice(chunk);
		// After the end, a message repeats what came in deltas.
		generated((choice.has("delta") || finished()) ? choice.path("delta") : choice.path("message"));
		end(choice);
		this.answer.usage(UsageDecoder.decode(chunk));
		return this.answer.take();
	}

	@Override
	public List<EndpointEvent> decodeWhole(JsonNode whole) {
		if (!whole.isObject() || ErrorReport.describesError(whole)) {
			return error(whole);
		}
		if (!whole.path("choices").isArray()) {
			throw this.answer.failed(FailureKind.INVALID_RESPONSE);
		}
		List<EndpointEvent> events = decode(whole);
		events.addAll(endOfAnswer());
		return events;
	}

	/**
	 * The server says that the answer ends here, perhaps without a reason.
	 */
	List<EndpointEvent> endOfAnswer() {
		endParts();
		this.answer.end(this.toolCalls.calls());
		return this.answer.take();
	}

	@Override
	public List<EndpointEvent> error(JsonNode json) {
		if (finished()) {
			return List.of();
		}
		JsonNode object = json.isArray() ? json.path(0) : json;
		if (!object.isObject()) {
			throw this.answer.failed(FailureKind.INVALID_RESPONSE);
		}
		throw failure(object);
	}

	/** One choice was asked for. Some servers give it another index than 0. */
	private JsonNode firstChoice(JsonNode chunk) {
		for (JsonNode choice : chunk.path("choices")) {
			int index = choice.path("index").asInt(0);
			if (this.choiceIndex == NO_CHOICE) {
				this.choiceIndex = index;
			}
			if (index == this.choiceIndex) {
				return choice;
			}
		}
		return MissingNode.getInstance();
	}

	private void generated(JsonNode delta) {
		this.membersTold &= !this.members.add(delta, KNOWN);
		this.reasoning.read(delta);
		if (Deltas.says(delta)) {
			this.reasoning.end();
		}
		this.refuses |= Deltas.text(delta, this.answer);
		delta.path("annotations").forEach(this.answer::annotation);
		for (JsonNode fragment : delta.path("tool_calls")) {
			// Some servers write a null beside text.
			if (fragment.isObject() && (this.toolCalls.add(fragment) || !finished())) {
				this.answer.toolCallProgress();
			}
		}
		if (delta.path("tool_calls").isEmpty() && this.toolCalls.addFunction(delta.path("function_call"))) {
			this.answer.toolCallProgress();
		}
	}

	/** Tells what the server wants back with the parts and the whole. */
	private void endParts() {
		this.reasoning.end();
		if (this.refuses) {
			this.refuses = false;
			this.answer.endPart(new RefusalPart("", OpenAiState.of(ProviderJson.MAPPER.createObjectNode())));
		}
		if (!this.membersTold) {
			this.membersTold = true;
			this.answer.state(OpenAiState.of(this.members.toObject()));
		}
	}

	private void end(JsonNode choice) {
		if (choice.hasNonNull("error")) {
			error(choice);
		}
		String raw = ProviderJson.text(choice, "finish_reason");
		if (!raw.isEmpty()) {
			endParts();
			this.answer.finish(raw, this.toolCalls.calls());
		}
	}

}
