// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.math.BigDecimal;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Checks that an answer follows its schema: the members, their types, and the words by
 * which one of several types is known. Jackson checks the words of enumerations and the
 * formats of texts.
 */
final class SchemaRules {

	private static final String REFERENCE = "$ref";

	private static final String TYPE = "type";

	private static final String CONSTANT = "const";

	private static final int MOST_DIGITS = 1000;

	private final JsonNode root;

	SchemaRules(JsonNode root) {
		this.root = root;
	}

	boolean allow(JsonNode json) {
		return allow(this.root, json);
	}

	private boolean allow(JsonNode schema, JsonNode json) {
		if (schema.has(REFERENCE) && !allow(target(schema.get(REFERENCE).asText()), json)) {
			return false;
		}
		for (JsonNode part : schema.path("allOf")) {
			if (!allow(part, json)) {
				return false;
			}
		}
		return (isOpen(schema) || type(schema.path(TYPE), json))
				&& (!schema.has(CONSTANT) || schema.get(CONSTANT).equals(json)) && oneOf(schema.path("anyOf"), json)
				&& oneOf(schema.path("oneOf"), json) && members(schema, json) && items(schema, json);
	}

	private JsonNode target(String reference) {
		return this.root.at(reference.substring(1));
	}

	/**
	 * A type without known members may be read from one text. Jackson knows what it
	 * reads.
	 */
	private static boolean isOpen(JsonNode schema) {
		return schema.path(TYPE).asText().equals("object") && !schema.has("properties")
				&& !schema.path("additionalProperties").isObject();
	}

	private static boolean type(JsonNode type, JsonNode json) {
		if (type.isMissingNode() || is(type.asText(), json)) {
			return true;
		}
		for (JsonNode alternative : type) {
			if (is(alternative.asText(), json)) {
				return true;
			}
		}
		return false;
	}

	/** Some models write whole numbers as 3.0. */
	private static boolean is(String type, JsonNode json) {
		return switch (type) {
			case "object" -> json.isObject();
			case "array" -> json.isArray();
			case "string" -> json.isTextual();
			case "boolean" -> json.isBoolean();
			case "number" -> json.isNumber();
			case "integer" -> json.isNumber() && isShort(json) && json.canConvertToExactIntegral();
			case "null" -> json.isNull();
			default -> false;
		};
	}

	/** A few characters with an exponent can be a number of many digits. */
	private static boolean isShort(JsonNode json) {
		if (!json.isBigDecimal()) {
			return true;
		}
		BigDecimal number = json.decimalValue();
		return (long) number.precision() - number.scale() <= MOST_DIGITS;
	}

	private boolean oneOf(JsonNode alternatives, JsonNode json) {
		if (alternatives.isEmpty()) {
			return true;
		}
		for (JsonNode alternative : alternatives) {
			if (allow(alternative, json)) {
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
			JsonNode value = member.getValue();
			boolean allowed = known.isMissingNode() ? allow(schema.path("additionalProperties"), value)
					: value.isNull() || allow(known, value);
			if (!allowed) {
				return false;
			}
		}
		return true;
	}

	private boolean items(JsonNode schema, JsonNode json) {
		JsonNode expected = schema.path("items");
		if (json.isArray() && expected.isObject()) {
			for (JsonNode item : json) {
				if (!allow(expected, item)) {
					return false;
				}
			}
		}
		return true;
	}

}
