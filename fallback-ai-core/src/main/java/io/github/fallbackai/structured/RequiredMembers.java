// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Checks that an answer has the members that its schema requires. Jackson checks the
 * rest: the types, and the words of an enumeration.
 */
final class RequiredMembers {

	private static final String REFERENCE = "$ref";

	private final JsonNode root;

	RequiredMembers(JsonNode root) {
		this.root = root;
	}

	boolean present(JsonNode json) {
		return present(this.root, json);
	}

	private boolean present(JsonNode schema, JsonNode json) {
		if (schema.has(REFERENCE) && !present(target(schema.get(REFERENCE).asText()), json)) {
			return false;
		}
		for (JsonNode part : schema.path("allOf")) {
			if (!present(part, json)) {
				return false;
			}
		}
		return oneOf(schema.path("anyOf"), json) && oneOf(schema.path("oneOf"), json) && members(schema, json)
				&& items(schema, json);
	}

	private JsonNode target(String reference) {
		return this.root.at(reference.substring(1));
	}

	private boolean oneOf(JsonNode alternatives, JsonNode json) {
		if (alternatives.isEmpty()) {
			return true;
		}
		for (JsonNode alternative : alternatives) {
			if (present(alternative, json)) {
				return true;
			}
		}
		return false;
	}

	private boolean members(JsonNode schema, JsonNode json) {
		for (JsonNode name : schema.path("required")) {
			if (!json.hasNonNull(name.asText())) {
				return false;
			}
		}
		JsonNode properties = schema.path("properties");
		for (Map.Entry<String, JsonNode> member : json.properties()) {
			JsonNode known = properties.path(member.getKey());
			JsonNode expected = known.isMissingNode() ? schema.path("additionalProperties") : known;
			if (!member.getValue().isNull() && !present(expected, member.getValue())) {
				return false;
			}
		}
		return true;
	}

	private boolean items(JsonNode schema, JsonNode json) {
		JsonNode expected = schema.path("items");
		if (json.isArray() && expected.isObject()) {
			for (JsonNode item : json) {
				if (!present(expected, item)) {
					return false;
				}
			}
		}
		return true;
	}

}
