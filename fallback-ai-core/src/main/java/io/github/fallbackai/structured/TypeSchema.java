// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON schema of a Java type.
 *
 * @param name its name, in letters that every provider allows
 * @param text the schema
 * @param rules check answers
 * @param members check the values that are read
 */
record TypeSchema(String name, String text, SchemaRules rules, ReadMembers members) {

	private static final int LONGEST_NAME = 64;

	static TypeSchema of(Class<?> type) {
		ReadableTypes.check(type);
		ReadMembers members = new ReadMembers();
		ObjectNode schema = generate(type, members);
		if (!schema.path("type").asText().equals("object") && !schema.has("anyOf")) {
			throw new IllegalArgumentException(
					"type: " + type.getName() + " (expected: one with members, such as a record)");
		}
		return new TypeSchema(name(type), schema.toString(), new SchemaRules(schema), members);
	}

	private static ObjectNode generate(Class<?> type, ReadMembers members) {
		try {
			return (ObjectNode) new JsonMapper().readTree(TypeSchemas.generate(type, members));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("the schema of " + type.getName() + " is no JSON", ex);
		}
		catch (NoClassDefFoundError ex) {
			throw new IllegalStateException("Answers of a Java type need com.github.victools:jsonschema-generator and "
					+ "com.github.victools:jsonschema-module-jackson on the class path", ex);
		}
	}

	private static String name(Class<?> type) {
		String name = type.getSimpleName().replaceAll("[^A-Za-z0-9_-]", "_");
		return name.isEmpty() ? "answer" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
	}

	boolean allows(JsonNode json) {
		return json.isObject() && this.rules.allow(json);
	}

	/** Whether a value that was read is what the answer said. */
	boolean isComplete(Object value, JsonNode json) {
		return this.members.complete(value, json);
	}

}
