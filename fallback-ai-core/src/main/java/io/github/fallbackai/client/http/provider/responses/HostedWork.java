// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Passes on what a stream tells about items that only clients of this API read, such as
 * how far a search is. Events of an unknown kind go on, too, if they belong to an item.
 * They never say how the answer ends. Items that wait for the client come at the end of
 * the answer. Belongs to one answer.
 */
final class HostedWork {

	private static final String TYPE = "type";

	private static final String CALL_ID = "call_id";

	/** What the names of results end with. */
	private static final String OUTPUT = "_output";

	/** Items that the answer consists of. What is told about them is written anew. */
	private static final Set<String> OF_ANSWERS = Set.of("message", "function_call", "reasoning");

	/** What is told about such items, beside their deltas. */
	private static final Set<String> WRITTEN_ANEW = Set.of("response.content_part.added", "response.content_part.done",
			"response.output_text.done", "response.refusal.done", "response.reasoning_summary_part.added",
			"response.reasoning_summary_part.done", "response.reasoning_summary_text.done",
			"response.reasoning_text.done", "response.function_call_arguments.done");

	private final AnswerEvents answer;

	private final ClientTools tools;

	private final Map<String, String> kinds = new HashMap<>();

	private final WithheldItems withheld = new WithheldItems();

	HostedWork(AnswerEvents answer, ClientTools tools) {
		this.answer = answer;
		this.tools = tools;
	}

	/** An item begins. */
	void start(String place, JsonNode item, JsonNode event) {
		String kind = ProviderJson.text(item, TYPE);
		this.kinds.put(place, kind);
		withhold(place, item);
		if (!asksClient(item) && !OF_ANSWERS.contains(kind)) {
			this.answer.work().begins(place);
			if (kind.endsWith(OUTPUT)) {
				this.answer.work().ends(call(item));
			}
		}
		tell(place, event);
	}

	/** An item ends. Some servers do not tell that it began. */
	void end(String place, JsonNode item, JsonNode event) {
		this.kinds.putIfAbsent(place, ProviderJson.text(item, TYPE));
		withhold(place, item);
		if (!asksClient(item)) {
			this.withheld.carriedOut(ProviderJson.text(item, CALL_ID), this::tell);
		}
		tell(place, event);
		this.withheld.whole(place, item);
		if (isAnsweredLater(item)) {
			this.answer.work().begins(call(item));
		}
		else if (ProviderJson.text(item, TYPE).endsWith(OUTPUT)) {
			this.answer.work().ends(call(item));
		}
		this.answer.work().ends(place);
		this.kinds.remove(place);
	}

	/** Whether the provider carries the call out now, and another item is the result. */
	private boolean isAnsweredLater(JsonNode item) {
		String kind = ProviderJson.text(item, TYPE);
		return item.hasNonNull(CALL_ID) && !OF_ANSWERS.contains(kind) && !kind.endsWith(OUTPUT) && !asksClient(item);
	}

	private boolean asksClient(JsonNode item) {
		return ItemKinds.asksClient(item) && !this.tools.runsElsewhere(item);
	}

	/**
	 * A client would also carry out a call of the provider's that looks like one of its
	 * own. Only the result tells it apart, if there is one.
	 */
	private void withhold(String place, JsonNode item) {
		if (ItemKinds.asksClient(item)) {
			this.withheld.begin(place, asksClient(item));
		}
	}

	/** No place has such a name. */
	private static String call(JsonNode item) {
		return CALL_ID + '=' + ProviderJson.text(item, CALL_ID);
	}

	/** An item of an answer that came in one piece. */
	void whole(String place, JsonNode item) {
		ObjectNode event = ProviderJson.MAPPER.createObjectNode().put(TYPE, "response.output_item.done");
		end(place, item, event.set("item", item));
	}

	/** Any other event. */
	void tell(String place, JsonNode event) {
		String kind = this.kinds.getOrDefault(place, "");
		String type = ProviderJson.text(event, TYPE);
		boolean ofAnswer = OF_ANSWERS.contains(kind);
		boolean item = type.startsWith("response.output_item.");
		if (kind.isEmpty() || !type.startsWith("response.") || WRITTEN_ANEW.contains(type) || (ofAnswer && item)) {
			return;
		}
		ObjectNode notice = ProviderJson.MAPPER.createObjectNode().put("kind", kind).put("place", place);
		ProviderState told = ResponsesState.of(notice.set("event", event));
		if (this.withheld.has(place)) {
			this.withheld.add(place, told);
			if (this.withheld.isForClient(place)) {
				this.answer.toolCallProgress();
			}
		}
		else {
			this.answer.notice(told, !ofAnswer);
		}
	}

	private void tell(ProviderState notice) {
		this.answer.notice(notice, true);
	}

	/** The answer is complete. */
	void release() {
		this.withheld.release(this::tell);
	}

}
