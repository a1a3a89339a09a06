// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;

/**
 * Tells which items are about work of a provider that broke off before there was a
 * result, such as a search. They say nothing to another endpoint, and members that the
 * API insists on may be missing. What clients carry out is theirs to tell. Belongs to one
 * conversation.
 */
final class BrokenWork {

	private static final String TYPE = "type";

	private static final String STATUS = "status";

	private static final String PROGRAM = "program";

	private static final String COMPLETED = "completed";

	private static final String CALL_ID = "call_id";

	/** What the names of results end with. */
	private static final String OUTPUT = "_output";

	/** Members that hold what came out of the work. */
	private static final Set<String> RESULTS = Set.of("encrypted_content", "error", "output", "outputs", "result",
			"results");

	/** Calls that a provider carries out, and whose results are items of their own. */
	private final Set<String> carriedOut = new HashSet<>();

	/** Calls that have a result. */
	private final Set<String> answered = new HashSet<>();

	/**
	 * Programs that call tools. They wait while the client carries out what they call.
	 */
	private final Set<String> callers = new HashSet<>();

	/** Programs that call what the provider runs, by the ids of these calls. */
	private final Map<String, String> calledThere = new HashMap<>();

	/**
	 * Looks at a conversation.
	 * @param items all its items
	 */
	BrokenWork(Collection<JsonNode> items) {
		items.forEach(this::look);
	}

	/** Looks at an answer that the gateway knows better than its client. */
	void look(AssistantMessage answer) {
		for (AssistantPart part : answer.parts()) {
			ObjectNode members = HostedItem.members(part.state());
			if (members != null) {
				look(members.path("item").isObject() ? members.path("item") : members);
			}
		}
	}

	private void look(JsonNode item) {
		if (isAnsweredLater(item)) {
			this.carriedOut.add(item.path(CALL_ID).asText());
		}
		if (isResult(item) && !isWithoutResult(item)) {
			this.answered.add(item.path(CALL_ID).asText());
		}
		JsonNode caller = item.path("caller");
		if (!caller.path(TYPE).asText().equals(PROGRAM) || isResult(item)) {
			return;
		}
		if (isAnsweredLater(item)) {
			this.calledThere.put(item.path(CALL_ID).asText(), caller.path("caller_id").asText());
		}
		else if (!isSearchOfProvider(item) && !(item.path(CALL_ID).asText().isEmpty() && isWithoutResult(item))) {
			this.callers.add(caller.path("caller_id").asText());
		}
	}

	/** Whether the work that an item is about broke off. */
	boolean has(JsonNode item) {
		String callId = item.path(CALL_ID).asText();
		if (isResult(item)) {
			return this.carriedOut.contains(callId) && isWithoutResult(item);
		}
		if (isAnsweredLater(item)) {
			return !this.answered.contains(callId) && !this.callers.contains(callId) && !calledWhatIsAnswered(callId);
		}
		return (callId.isEmpty() || isSearchOfProvider(item)) && isWithoutResult(item);
	}

	/** A result that stays names its program, which has to stay, too. */
	private boolean calledWhatIsAnswered(String program) {
		return this.calledThere.entrySet()
			.stream()
			.anyMatch((call) -> call.getValue().equals(program) && this.answered.contains(call.getKey()));
	}

	private static boolean isResult(JsonNode item) {
		return item.path(TYPE).asText().endsWith(OUTPUT);
	}

	private static boolean isAnsweredLater(JsonNode item) {
		boolean carriedOut = switch (item.path(TYPE).asText()) {
			case "shell_call" -> item.path("environment").path(TYPE).asText().startsWith("container");
			case PROGRAM -> true;
			default -> false;
		};
		return carriedOut && !item.path(CALL_ID).asText().isEmpty();
	}

	private static boolean isSearchOfProvider(JsonNode item) {
		return item.path(TYPE).asText().equals("tool_search_call") && !item.path("execution").asText().equals("client");
	}

	private static boolean isWithoutResult(JsonNode item) {
		return !item.path(STATUS).asText(COMPLETED).equals(COMPLETED)
				&& RESULTS.stream().map(item::path).allMatch(BrokenWork::isNothing);
	}

	private static boolean isNothing(JsonNode result) {
		return result.isContainerNode() ? result.isEmpty()
				: result.isTextual() ? result.textValue().isEmpty() : result.isNull() || result.isMissingNode();
	}

}
