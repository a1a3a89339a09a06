// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * The items of a conversation as they are kept: each whole and with an id, as
 * <a href="https://platform.openai.com/docs/api-reference/responses/input-items">clients
 * may ask for them</a>. Belongs to one response.
 */
final class KeptItems {

	private static final String MEMBER = "data";

	private static final String TYPE = "type";

	private static final String MESSAGE = "message";

	private static final Map<String, String> PREFIXES = Map.of(MESSAGE, "msg", "function_call", "fc",
			"custom_tool_call", "ctc", "function_call_output", "fco", "custom_tool_call_output", "ctco", "reasoning",
			"rs");

	/** Numbers of items of the answer come before. */
	private static final int FIRST = 0x4000;

	private final ResponseIds ids;

	private final ArrayNode items;

	KeptItems(ResponseIds ids, ArrayNode previous) {
		this.ids = ids;
		this.items = previous.deepCopy();
	}

	/** All of them, as a member of an object. */
	String text() {
		ObjectNode all = GatewayJson.object();
		all.set(MEMBER, this.items);
		return GatewayJson.text(all);
	}

	/** Reads what {@link #text()} wrote. */
	static JsonNode read(String text) {
		return GatewayJson.read(text.getBytes(StandardCharsets.UTF_8)).value().path(MEMBER);
	}

	/**
	 * Adds what a client said.
	 * @param input a text, or items
	 * @param references finds the item that has an id
	 */
	void add(JsonNode input, Function<String, @Nullable JsonNode> references) {
		if (input.isTextual()) {
			ObjectNode item = GatewayJson.object().put("role", "user");
			item.set("content", input);
			add(item);
			return;
		}
		for (JsonNode item : input) {
			boolean untyped = !item.hasNonNull(TYPE) && !item.hasNonNull("role") && item.path("id").isTextual();
			boolean reference = untyped || item.path(TYPE).asText().equals("item_reference");
			JsonNode referred = reference ? references.apply(item.path("id").asText()) : item;
			if (referred instanceof ObjectNode object) {
				add(object.deepCopy());
			}
		}
	}

	private void add(ObjectNode item) {
		String type = item.path(TYPE).asText(MESSAGE);
		item.put(TYPE, type);
		if (!item.path("id").isTextual()) {
			item.put("id", this.ids.item(PREFIXES.getOrDefault(type, "item"), FIRST + this.items.size()));
		}
		if (type.equals(MESSAGE)) {
			if (item.path("content").isTextual()) {
				String text = item.path("content").textValue();
				boolean answer = item.path("role").asText().equals("assistant");
				ObjectNode part = item.putArray("content").addObject();
				part.put(TYPE, answer ? "output_text" : "input_text").put("text", text);
				if (answer) {
					part.putArray("annotations");
				}
			}
			if (!item.has("status")) {
				item.put("status", "completed");
			}
		}
		this.items.add(item);
	}

}
