// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.GoogleSignature;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.ToolCallList;
import io.github.fallbackai.client.http.provider.ToolCallParts;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;

/**
 * Makes events from {@code GenerateContentResponse} objects. An answer has one or several
 * of them. Belongs to one answer. Only the first candidate is read, because this library
 * asks for one.
 */
final class ResponseDecoder extends JsonAnswerDecoder {

	private final AnswerEvents answer;

	private final List<ToolCallParts> toolCalls = new ToolCallList();

	ResponseDecoder(ResponseHead head) {
		super(head);
		this.answer = events();
	}

	@Override
	public List<EndpointEvent> decode(JsonNode response) {
		if (!response.isObject() || ErrorReport.describesError(response)) {
			return error(response);
		}
		this.answer.identify(ProviderJson.text(response, "responseId"), ProviderJson.text(response, "modelVersion"));
		JsonNode candidate = response.path("candidates").path(0);
		for (JsonNode part : candidate.path("content").path("parts")) {
			part(part, ProviderJson.text(response, "responseId"));
		}
		if (!finished() && candidate.isMissingNode() && response.path("promptFeedback").hasNonNull("blockReason")) {
			throw this.answer.failed(FailureKind.CONTENT_FILTERED);
		}
		if (candidate.hasNonNull("finishReason")) {
			endThought(ProviderJson.MAPPER.createObjectNode());
		}
		this.answer.finish(ProviderJson.text(candidate, "finishReason"), this.toolCalls);
		this.answer.usage(UsageDecoder.decode(response.path("usageMetadata")));
		return this.answer.take();
	}

	/**
	 * Reads an answer in one piece: a response, or an array of responses, which is the
	 * form of a stream without events.
	 */
	@Override
	public List<EndpointEvent> decodeWhole(JsonNode json) {
		boolean several = json.isArray() && json.path(0).isObject();
		List<EndpointEvent> events = new ArrayList<>();
		for (JsonNode response : several ? json : List.of(json)) {
			if (!isResponse(response) && !ErrorReport.describesError(response)) {
				throw this.answer.failed(FailureKind.INVALID_RESPONSE);
			}
			events.addAll(decode(response));
		}
		this.answer.end(this.toolCalls);
		events.addAll(this.answer.take());
		return events;
	}

	private void part(JsonNode part, String responseId) {
		if (!part.isObject()) {
			return;
		}
		JsonNode call = part.path("functionCall");
		ObjectNode members = GeminiState.members(part);
		if (!part.path("thought").asBoolean()) {
			endThought(ProviderJson.MAPPER.createObjectNode());
		}
		if (call.isObject()) {
			// A result must name its call, also in conversations that go on at another
			// provider.
			String id = ProviderJson.text(call, "id");
			ToolCallParts parts = new ToolCallParts(id.isEmpty() ? makeId(responseId) : id,
					ProviderJson.text(call, "name"));
			parts.addArguments(call.path("args"));
			if (!members.isEmpty()) {
				parts.state(GeminiState.of(members));
			}
			this.toolCalls.add(parts);
			this.answer.toolCallProgress();
		}
		else if (part.path("thought").asBoolean()) {
			this.answer.reasoning(ProviderJson.text(part, "text"));
			if (!members.isEmpty()) {
				endThought(members);
			}
		}
		else if (part.has("text")) {
			text(ProviderJson.text(part, "text"), members);
		}
		else {
			ProviderState unknown = GeminiState.ofPart(part);
			if (unknown != null) {
				this.answer.endPart(new TextPart("").withState(unknown));
			}
		}
	}

	/** A text with a signature must not be joined with another one without. */
	private void text(String text, ObjectNode members) {
		if (!members.isEmpty()) {
			this.answer.endPart(new TextPart(""));
		}
		this.answer.text(text);
		if (!members.isEmpty()) {
			this.answer.endPart(new TextPart("").withState(GeminiState.of(members)));
		}
	}

	/** If there is a thought under way, it ends here. */
	private void endThought(ObjectNode members) {
		if (this.answer.reasons()) {
			this.answer.endPart(new ReasoningPart("", GoogleSignature.in(members), null, GeminiState.of(members)));
		}
	}

	/** Two turns of a conversation must not have the same ids, even without names. */
	private String makeId(String responseId) {
		if (responseId.isEmpty()) {
			return "call_" + UUID.randomUUID().toString().replace("-", "");
		}
		return "call_" + responseId + "_" + this.toolCalls.size();
	}

	@Override
	public List<EndpointEvent> error(JsonNode json) {
		if (finished()) {
			return List.of();
		}
		throw ErrorReport.describesError(json) ? failure(json) : this.answer.failed(FailureKind.INVALID_RESPONSE);
	}

	private static boolean isResponse(JsonNode json) {
		return json.has("candidates") || json.has("promptFeedback") || json.has("usageMetadata");
	}

}
