// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.ToolCallList;
import io.github.fallbackai.client.http.provider.ToolCallParts;

/**
 * Reads the items of an answer, whole or in deltas. Items of unknown kinds, such as those
 * of the provider's own tools, mean nothing here and are kept for the provider. Belongs
 * to one answer.
 */
final class OutputItems {

	private static final Set<String> OF_MESSAGES = Set.of("type", "role", "content");

	private static final Set<String> OF_CALLS = Set.of("type", "call_id", "name", "arguments");

	private static final Set<String> OF_THOUGHTS = Set.of("type", "encrypted_content");

	/** Between two summaries. */
	private static final String PARAGRAPH = "\n\n";

	private final AnswerEvents answer;

	private final ClientTools tools;

	private final List<ToolCallParts> toolCalls = new ToolCallList();

	private final Map<String, ToolCallParts> callsByPlace = new HashMap<>();

	/** Calls of the provider's. Without its result, a call would be refused. */
	private final Map<String, TextPart> runElsewhere = new HashMap<>();

	/** The places of items of which something came in deltas. */
	private final Set<String> told = new HashSet<>();

	private boolean any;

	/** Whether a message ended, and a next one would seem to go on with it. */
	private boolean messageBefore;

	/** Whether a text came that an item would seem to be a part of. */
	private boolean textOpen;

	/** All that the model says after it refused is part of the refusal. */
	private boolean refused;

	OutputItems(AnswerEvents answer, ClientTools tools) {
		this.answer = answer;
		this.tools = tools;
	}

	/** The tool calls in their order. */
	Collection<ToolCallParts> toolCalls() {
		return this.toolCalls;
	}

	/** Whether any item came. */
	boolean any() {
		return this.any;
	}

	/** An item begins. */
	void start(String place, JsonNode item) {
		this.any = true;
		separate(item);
		if (isCall(item)) {
			call(place, item);
			this.answer.toolCallProgress();
		}
	}

	/** Two messages are two parts, and so are a message and an item that is none. */
	private void separate(JsonNode next) {
		switch (ProviderJson.text(next, "type")) {
			case "message" -> endText(this.messageBefore);
			// It comes at the end of the answer, so the next message is beside the last.
			case "function_call" -> {
			}
			case "reasoning" -> endText(false);
			default -> endText(this.textOpen);
		}
	}

	private void endText(boolean tell) {
		if (tell) {
			ProviderState nothing = ResponsesState.of(ProviderJson.MAPPER.createObjectNode());
			endPart(this.refused ? new RefusalPart("", nothing) : new TextPart("").withState(nothing));
		}
		this.messageBefore = false;
	}

	private void endPart(AssistantPart part) {
		this.answer.endPart(part);
		this.textOpen = false;
	}

	private ToolCallParts call(String place, JsonNode item) {
		ToolCallParts known = this.callsByPlace.get(place);
		if (known != null) {
			known.identify(ProviderJson.text(item, "call_id"), ProviderJson.text(item, "name"));
			return known;
		}
		ToolCallParts call = new ToolCallParts(ProviderJson.text(item, "call_id"), ProviderJson.text(item, "name"));
		this.callsByPlace.put(place, call);
		this.toolCalls.add(call);
		return call;
	}

	void text(String place, String more) {
		this.told.add(place);
		say(more);
	}

	private void say(String more) {
		this.answer.text(more);
		this.textOpen |= !more.isEmpty();
	}

	void refusal(String place, String more) {
		this.told.add(place);
		refuse(more);
	}

	private void refuse(String more) {
		this.answer.refusal(more);
		this.refused |= !more.isEmpty();
		this.textOpen |= !more.isEmpty();
	}

	void reasoning(String place, String more) {
		this.told.add(place);
		this.answer.reasoning(more);
	}

	/** Servers that do not say where a delta belongs have one item at a time. */
	private boolean told(String place) {
		return this.told.contains(place) || this.told.contains("");
	}

	/** Another paragraph of a thought begins. */
	void paragraph(String place) {
		if (this.answer.reasons() && told(place)) {
			this.answer.reasoning(PARAGRAPH);
		}
	}

	void arguments(String place, JsonNode delta) {
		ToolCallParts call = this.callsByPlace.get(place);
		if (call != null) {
			call.addArguments(delta);
			this.answer.toolCallProgress();
		}
	}

	/** A whole item, of which all, some or nothing came in deltas. */
	void end(String place, JsonNode item) {
		this.any = true;
		separate(item);
		switch (ProviderJson.text(item, "type")) {
			case "message" -> message(place, item);
			case "function_call" -> wholeCall(place, item);
			case "reasoning" -> thought(place, item);
			default -> unknown(item);
		}
	}

	private void message(String place, JsonNode item) {
		boolean refuses = false;
		for (JsonNode part : item.path("content")) {
			refuses = refuses || part.has("refusal");
			if (!told(place)) {
				say(ProviderJson.text(part, "text"));
				refuse(ProviderJson.text(part, "refusal"));
			}
			part.path("annotations").forEach(this.answer::annotation);
		}
		ObjectNode further = ResponsesState.members(item, OF_MESSAGES);
		if (refuses) {
			endPart(new RefusalPart("", ResponsesState.of(further)));
		}
		else if (!further.isEmpty()) {
			endPart(new TextPart("").withState(ResponsesState.of(further)));
		}
		else {
			this.messageBefore = true;
		}
	}

	private void wholeCall(String place, JsonNode item) {
		ToolCallParts call = call(place, item);
		if (!call.hasArguments()) {
			call.addArguments(item.path("arguments"));
		}
		ObjectNode further = ResponsesState.members(item, OF_CALLS);
		if (!further.isEmpty()) {
			call.state(ResponsesState.of(further));
		}
		this.answer.toolCallProgress();
	}

	private void thought(String place, JsonNode item) {
		if (!told(place)) {
			String before = "";
			for (String holder : new String[] { "summary", "content" }) {
				for (JsonNode part : item.path(holder)) {
					this.answer.reasoning(before + ProviderJson.text(part, "text"));
					before = PARAGRAPH;
				}
			}
		}
		String encrypted = ProviderJson.text(item, "encrypted_content");
		if (!encrypted.isEmpty() && !this.answer.reasons()) {
			this.answer.reasoning("");
		}
		this.answer.endPart(new ReasoningPart("", null, encrypted.isEmpty() ? null : encrypted,
				ResponsesState.of(ResponsesState.members(item, OF_THOUGHTS))));
	}

	private void unknown(JsonNode item) {
		if (!item.isObject()) {
			return;
		}
		TextPart part = new TextPart("").withState(ResponsesState.ofItem(item));
		String callId = ProviderJson.text(item, "call_id");
		if (this.tools.runsElsewhere(item)) {
			// Without an id, no result can be its own.
			if (!callId.isEmpty()) {
				this.runElsewhere.put(callId, part);
			}
			return;
		}
		TextPart call = this.runElsewhere.remove(callId);
		if (call != null) {
			this.answer.endPart(call);
		}
		if (ItemKinds.answers(item)) {
			this.answer.endAnswer(part);
		}
		else {
			this.answer.endPart(part);
		}
	}

	private static boolean isCall(JsonNode item) {
		return ProviderJson.text(item, "type").equals("function_call");
	}

}
