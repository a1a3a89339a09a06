// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Checks arguments against the part of JSON Schema that tools use: {@code type},
 * {@code required}, {@code enum}, {@code properties}, {@code items} and
 * {@code additionalProperties}. Other words permit everything: the tool itself has to
 * check what they say. Immutable.
 */
final class ArgumentSchema {

	private static final int MOST_PROBLEMS = 5;

	/** Longer names and lists of values would not help a model. */
	private static final int LONGEST_WORDS = 300;

	private final JsonNode schema;

	ArgumentSchema(JsonNode schema) {
		this.schema = schema;
	}

	/**
	 * Finds out what is wrong with arguments.
	 * @param arguments the arguments
	 * @return what is wrong, in words for the model; empty if they fit
	 */
	List<String> problems(JsonNode arguments) {
		List<String> problems = new ArrayList<>();
		check(this.schema, arguments, "", problems);
		return problems;
	}

	private static void check(JsonNode schema, JsonNode value, String path, List<String> problems) {
		if (problems.size() >= MOST_PROBLEMS || !schema.isObject()) {
			return;
		}
		JsonNode type = schema.path("type");
		if (!type.isMissingNode() && !isOf(type, value)) {
			add(problems, path, nameOf(value) + " (expected: " + words(type) + ")");
			return;
		}
		JsonNode allowed = schema.path("enum");
		if (allowed.isArray() && !contains(allowed, value)) {
			add(problems, path, "not one of " + bounded(allowed.toString()));
			return;
		}
		if (value.isObject()) {
			checkMembers(schema, value, path, problems);
		}
		else if (value.isArray()) {
			for (int index = 0; index < value.size() && problems.size() < MOST_PROBLEMS; index++) {
				check(schema.path("items"), value.get(index), path + '[' + index + ']', problems);
			}
		}
	}

	private static void checkMembers(JsonNode schema, JsonNode value, String path, List<String> problems) {
		for (JsonNode name : schema.path("required")) {
			if (!value.has(name.asText())) {
				add(problems, join(path, name.asText()), "missing");
			}
		}
		JsonNode properties = schema.path("properties");
		JsonNode others = schema.path("additionalProperties");
		for (Map.Entry<String, JsonNode> member : value.properties()) {
			JsonNode known = properties.path(member.getKey());
			if (!known.isMissingNode()) {
				check(known, member.getValue(), join(path, member.getKey()), problems);
			}
			else if (others.isBoolean() && !others.booleanValue()) {
				add(problems, join(path, member.getKey()), "not known");
			}
			else {
				check(others, member.getValue(), join(path, member.getKey()), problems);
			}
		}
	}

	private static boolean isOf(JsonNode type, JsonNode value) {
		if (type.isArray()) {
			for (JsonNode each : type) {
				if (isOf(each, value)) {
					return true;
				}
			}
			return false;
		}
		return switch (type.asText()) {
			case "object" -> value.isObject();
			case "array" -> value.isArray();
			case "string" -> value.isTextual();
			case "boolean" -> value.isBoolean();
			case "null" -> value.isNull();
			case "number" -> value.isNumber();
			case "integer" -> value.isNumber() && isWhole(value);
			// A word that is not known permits everything.
			default -> true;
		};
	}

	/** Also 1.0 is an integer, but 1e999999999 is not written out. */
	private static boolean isWhole(JsonNode value) {
		if (value.isIntegralNumber()) {
			return true;
		}
		BigDecimal number = value.decimalValue();
		return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
	}

	private static boolean contains(JsonNode allowed, JsonNode value) {
		for (JsonNode each : allowed) {
			boolean same = (each.isNumber() && value.isNumber())
					? each.decimalValue().compareTo(value.decimalValue()) == 0 : each.equals(value);
			if (same) {
				return true;
			}
		}
		return false;
	}

	private static String nameOf(JsonNode value) {
		return switch (value.getNodeType()) {
			case OBJECT -> "an object";
			case ARRAY -> "an array";
			case STRING -> "a string";
			case BOOLEAN -> "a boolean";
			case NUMBER -> "a number";
			default -> "null";
		};
	}

	private static String words(JsonNode type) {
		return bounded(type.isArray() ? type.toString() : type.asText());
	}

	private static String join(String path, String name) {
		return bounded(path.isEmpty() ? name : path + '.' + name);
	}

	private static String bounded(String text) {
		return (text.length() <= LONGEST_WORDS) ? text : text.substring(0, LONGEST_WORDS) + "…";
	}

	private static void add(List<String> problems, String path, String problem) {
		if (problems.size() < MOST_PROBLEMS) {
			problems.add((path.isEmpty() ? "arguments" : path) + ": " + problem);
		}
	}

}
