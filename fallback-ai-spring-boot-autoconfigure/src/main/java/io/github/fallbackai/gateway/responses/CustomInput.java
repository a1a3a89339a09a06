// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;

/**
 * The input of a custom tool, which is any text, as the only argument of a function.
 */
final class CustomInput {

	static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
			+ "\"required\":[\"input\"],\"additionalProperties\":false}";

	private static final String INPUT = "input";

	private CustomInput() {
	}

	/** What a model has to know about the input. */
	static String describe(RequestField format) {
		if (format.absent()) {
			return "";
		}
		switch (format.get("type").text()) {
			case "text" -> {
				return "";
			}
			case "grammar" -> {
				return "\n\nThe input has to follow this grammar (" + format.get("syntax").text() + "):\n"
						+ format.get("definition").text();
			}
			default -> throw format.get("type").invalid("'text' or 'grammar'");
		}
	}

	/** The arguments of the function. */
	static String wrap(String input) {
		return GatewayJson.text(GatewayJson.object().put(INPUT, input));
	}

	/**
	 * The input within the arguments; a model that does not obey gave the input itself.
	 */
	static String unwrap(String arguments) {
		JsonNode value = GatewayJson.value(arguments);
		JsonNode input = (value != null) ? value.path(INPUT) : null;
		return (input != null && input.isTextual()) ? input.textValue() : arguments;
	}

}
