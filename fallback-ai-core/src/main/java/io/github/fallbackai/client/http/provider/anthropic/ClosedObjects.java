// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Closes the objects of a JSON schema: Anthropic's structured outputs require
 * {@code "additionalProperties": false} in each. A value that fits the closed schema also
 * fits the open one.
 */
final class ClosedObjects {

	private ClosedObjects() {
	}

	/** Closes all objects that do not say themselves whether they are open. */
	static void close(JsonNode schema) {
		if (schema instanceof ObjectNode object && isObjectSchema(object) && !object.has("additionalProperties")) {
			object.put("additionalProperties", false);
		}
		schema.forEach(ClosedObjects::close);
	}

	/**
	 * A property may itself have the name "type" or "properties". Then the value of
	 * "type" is an object.
	 */
	private static boolean isObjectSchema(ObjectNode schema) {
		JsonNode type = schema.path("type");
		return schema.path("properties").isObject() && (type.isArray() || type.asText().equals("object"));
	}

}
