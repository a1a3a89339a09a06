// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How clients put the deltas of a stream together to the message that they return.
 */
enum Accumulation {

	/**
	 * OpenAI's SDK for Python: texts are joined, objects merged, lists by their index.
	 */
	PYTHON {

		@Override
		ObjectNode put(List<JsonNode> deltas) {
			ObjectNode message = JsonNodeFactory.instance.objectNode();
			deltas.forEach((delta) -> merge(message, delta));
			message.path("tool_calls").forEach((call) -> ((ObjectNode) call).remove("index"));
			return message;
		}

		private void merge(ObjectNode into, JsonNode delta) {
			for (Map.Entry<String, JsonNode> member : delta.properties()) {
				String name = member.getKey();
				JsonNode more = member.getValue();
				JsonNode present = into.path(name);
				if (present.isMissingNode() || present.isNull() || name.equals("index") || name.equals("type")) {
					into.set(name, more.deepCopy());
				}
				else if (present.isTextual() && more.isTextual()) {
					into.put(name, present.textValue() + more.textValue());
				}
				else if (present instanceof ObjectNode object && more.isObject()) {
					merge(object, more);
				}
				else if (present instanceof ArrayNode array && more.isArray()) {
					more.forEach((element) -> element(array, element));
				}
			}
		}

		private void element(ArrayNode array, JsonNode element) {
			int index = element.path("index").asInt(-1);
			if (index < 0) {
				throw new IllegalStateException("element without index");
			}
			if (index < array.size()) {
				merge((ObjectNode) array.get(index), element);
			}
			else {
				array.add(element.deepCopy());
			}
		}

	},

	/**
	 * OpenAI's SDK for Node: members that it does not know are replaced by the last one.
	 */
	NODE {

		@Override
		ObjectNode put(List<JsonNode> deltas) {
			ObjectNode message = JsonNodeFactory.instance.objectNode();
			StringBuilder content = new StringBuilder();
			ArrayNode calls = JsonNodeFactory.instance.arrayNode();
			for (JsonNode delta : deltas) {
				content.append(delta.path("content").asText(""));
				delta.path("tool_calls").forEach((call) -> calls.add(without("index", call.deepCopy())));
				ObjectNode rest = delta.deepCopy();
				rest.remove(List.of("content", "tool_calls"));
				message.setAll(rest);
			}
			message.put("content", content.isEmpty() ? null : content.toString());
			if (!calls.isEmpty()) {
				message.set("tool_calls", calls);
			}
			return message;
		}

	};

	private static ObjectNode without(String name, ObjectNode object) {
		return object.without(name);
	}

	abstract ObjectNode put(List<JsonNode> deltas);

}
