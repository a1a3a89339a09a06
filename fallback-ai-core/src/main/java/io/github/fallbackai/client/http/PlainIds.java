// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.PlainId;

/**
 * Makes the ids of tool calls in a request's body {@linkplain PlainId plain}, in the
 * shapes of all dialects.
 */
final class PlainIds {

	private PlainIds() {
	}

	/** Whether any id in the body would change. */
	static boolean changes(ObjectNode body) {
		return walk(body, false);
	}

	/** Makes all ids in the body plain. */
	static void apply(ObjectNode body) {
		walk(body, true);
	}

	/** Whether any id is not plain. */
	private static boolean walk(JsonNode node, boolean change) {
		boolean found = false;
		if (node instanceof ObjectNode object) {
			found = visit(object, "tool_call_id", change);
			found |= visit(object, "tool_use_id", change);
			found |= visit(object, "call_id", change);
			if (object.path("type").asText().equals("tool_use")) {
				found |= visit(object, "id", change);
			}
			for (String holder : new String[] { "functionCall", "functionResponse" }) {
				if (object.path(holder) instanceof ObjectNode call) {
					found |= visit(call, "id", change);
				}
			}
			for (JsonNode call : object.path("tool_calls")) {
				found |= call instanceof ObjectNode held && visit(held, "id", change);
			}
		}
		for (JsonNode child : node) {
			if (child.isContainerNode()) {
				found |= walk(child, change);
			}
		}
		return found;
	}

	private static boolean visit(ObjectNode object, String name, boolean change) {
		JsonNode id = object.path(name);
		if (!id.isTextual() || PlainId.is(id.textValue())) {
			return false;
		}
		if (change) {
			object.put(name, PlainId.of(id.textValue()));
		}
		return true;
	}

}
