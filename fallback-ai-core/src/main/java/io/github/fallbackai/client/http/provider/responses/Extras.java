// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Adds the parameters that a caller gives in the form of chat completions, or in that of
 * this API.
 */
final class Extras {

	private static final String TOOLS = "tools";

	private Extras() {
	}

	/** Adds parameters for a provider, whichever of its APIs they are named for. */
	static void add(Map<String, Object> extras, ObjectNode body) {
		add(extras, ParameterNames::of, body);
	}

	/** Adds parameters that are named for this API. */
	static void addOwn(Map<String, Object> extras, ObjectNode body) {
		Map<String, Object> parameters = new LinkedHashMap<>(extras);
		Object tools = parameters.remove(TOOLS);
		if (tools != null) {
			ArrayNode all = (body.path(TOOLS) instanceof ArrayNode given) ? given
					: ProviderJson.MAPPER.createArrayNode();
			Map<String, ObjectNode> functions = functions(all);
			ProviderJson.MAPPER.<JsonNode>valueToTree(tools).forEach((tool) -> ownTool(tool, functions, all));
			if (!all.isEmpty()) {
				body.set(TOOLS, all);
			}
		}
		add(parameters, ParameterNames::here, body);
	}

	/**
	 * What else a function has here; a null takes something away. A tool of another kind
	 * is one more.
	 */
	private static void ownTool(JsonNode given, Map<String, ObjectNode> functions, ArrayNode tools) {
		if (!given.path("type").asText().equals("function")) {
			tools.add(given);
			return;
		}
		ObjectNode function = functions.get(given.path("name").asText());
		if (function != null) {
			function.setAll((ObjectNode) given);
			function.properties().removeIf((member) -> member.getValue().isNull());
		}
	}

	/** By their names. There may be tens of thousands. */
	private static Map<String, ObjectNode> functions(ArrayNode tools) {
		Map<String, ObjectNode> functions = new HashMap<>();
		for (JsonNode tool : tools) {
			if (tool instanceof ObjectNode function && function.hasNonNull("name")) {
				functions.put(function.path("name").asText(), function);
			}
		}
		return functions;
	}

	private static void add(Map<String, Object> extras, UnaryOperator<String> names, ObjectNode body) {
		extras.forEach((name, value) -> {
			JsonNode given = ProviderJson.MAPPER.valueToTree(value);
			if (name.equals(TOOLS) && body.path(TOOLS).isArray()) {
				given.forEach((tool) -> tool(tool, (ArrayNode) body.path(TOOLS)));
			}
			else {
				String path = names.apply(name);
				switch (path) {
					case "text.format" -> put(body, path, format(given));
					case "tool_choice" -> body.set(path, toolChoice(given));
					default -> put(body, path, given);
				}
			}
		});
	}

	private static void put(ObjectNode body, String path, JsonNode value) {
		int dot = path.indexOf('.');
		if (path.isEmpty()) {
			return;
		}
		if (dot > 0) {
			body.withObject('/' + path.substring(0, dot)).set(path.substring(dot + 1), value);
		}
		else if (body.path(path) instanceof ObjectNode present && value instanceof ObjectNode more) {
			present.setAll(more);
		}
		else {
			body.set(path, value);
		}
	}

	/**
	 * What else a tool has, such as whether its schema is strict. A tool that OpenAI runs
	 * itself is one more.
	 */
	private static void tool(JsonNode given, ArrayNode tools) {
		String type = given.path("type").asText();
		if (!type.isEmpty() && !type.equals("function")) {
			tools.add(given);
			return;
		}
		JsonNode function = given.path("function");
		for (JsonNode tool : tools) {
			if (tool instanceof ObjectNode object && function.path("name").equals(tool.path("name"))
					&& function.has("strict")) {
				object.set("strict", function.path("strict"));
			}
		}
	}

	/** Chat completions have one object more around what is chosen. */
	private static JsonNode toolChoice(JsonNode choice) {
		String type = choice.path("type").asText();
		if (!(choice.path(type) instanceof ObjectNode inner)) {
			return choice;
		}
		ObjectNode flat = ProviderJson.MAPPER.createObjectNode().put("type", type).setAll(inner);
		if (inner.path(TOOLS).isArray()) {
			ArrayNode tools = flat.putArray(TOOLS);
			inner.path(TOOLS).forEach((tool) -> tools.add(toolChoice(tool)));
		}
		return flat;
	}

	/** Chat completions have one object more around a schema. */
	private static JsonNode format(JsonNode format) {
		if (format.path("json_schema") instanceof ObjectNode schema) {
			return ProviderJson.MAPPER.createObjectNode().put("type", "json_schema").setAll(schema);
		}
		return format;
	}

}
