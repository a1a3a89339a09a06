// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Orders the messages of chat completions for servers that insist on an order of roles.
 * Nothing that was said gets lost.
 */
public final class RoleOrder {

	private static final String ROLE = "role";

	private static final String CONTENT = "content";

	private static final String CALLS = "tool_calls";

	private static final String USER = "user";

	private static final String ASSISTANT = "assistant";

	/** Said where an order needs a message that does not exist. */
	private static final String NOTHING = ".";

	private RoleOrder() {
	}

	/**
	 * Puts a message of the model between a tool's result and a message of the user.
	 * Mistral's models want it.
	 * @param messages the messages
	 * @return whether they were changed
	 */
	public static boolean bridge(ArrayNode messages) {
		boolean changed = false;
		for (int index = messages.size() - 1; index > 0; index--) {
			if (is(messages.get(index), USER) && is(messages.get(index - 1), "tool")) {
				messages.insertObject(index).put(ROLE, ASSISTANT).put(CONTENT, NOTHING);
				changed = true;
			}
		}
		return changed;
	}

	/**
	 * Lets user and assistant alternate, with one system message before them.
	 * @param messages the messages
	 * @return whether they were changed
	 */
	public static boolean alternate(ArrayNode messages) {
		ArrayNode before = messages.deepCopy();
		List<JsonNode> rest = new ArrayList<>();
		ObjectNode system = null;
		for (JsonNode message : before) {
			if (!is(message, "system") && !is(message, "developer")) {
				rest.add(message);
			}
			else if (system == null) {
				system = message.deepCopy();
			}
			else {
				join(system, message);
			}
		}
		messages.removeAll();
		if (system != null) {
			messages.add(system);
		}
		if (!rest.isEmpty() && !is(rest.get(0), USER)) {
			messages.addObject().put(ROLE, USER).put(CONTENT, NOTHING);
		}
		rest.forEach((message) -> add(messages, message.deepCopy()));
		bridge(messages);
		return !messages.equals(before);
	}

	private static void add(ArrayNode messages, ObjectNode message) {
		JsonNode last = messages.path(messages.size() - 1);
		boolean same = (is(last, USER) && is(message, USER))
				|| (is(last, ASSISTANT) && is(message, ASSISTANT) && !last.has(CALLS));
		if (same && last instanceof ObjectNode object) {
			join(object, message);
		}
		else {
			messages.add(message);
		}
	}

	private static void join(ObjectNode message, JsonNode more) {
		JsonNode first = message.path(CONTENT);
		JsonNode second = more.path(CONTENT);
		if (first.isArray() || second.isArray()) {
			ArrayNode parts = ProviderJson.MAPPER.createArrayNode();
			addParts(first, parts);
			addParts(second, parts);
			message.set(CONTENT, parts);
		}
		else if (!second.asText("").isEmpty()) {
			String text = first.asText("");
			message.put(CONTENT, text.isEmpty() ? second.asText() : text + "\n\n" + second.asText());
		}
		if (more.has(CALLS)) {
			message.set(CALLS, more.path(CALLS));
		}
	}

	private static void addParts(JsonNode content, ArrayNode parts) {
		if (content instanceof ArrayNode several) {
			parts.addAll(several);
		}
		else if (!content.asText("").isEmpty()) {
			parts.addObject().put("type", "text").put("text", content.asText());
		}
	}

	private static boolean is(JsonNode message, String role) {
		return ProviderJson.text(message, ROLE).equals(role);
	}

}
