// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.json;

import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.http.provider.PlainId;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Members of a request that more than one format has.
 */
public final class RequestMembers {

	private static final int LONGEST_KEY = 64;

	private RequestMembers() {
	}

	/**
	 * The JSON schema of a tool's arguments.
	 * @param tool the tool
	 * @throws IllegalArgumentException if it is no JSON object
	 */
	public static ObjectNode parameters(ToolDefinition tool) {
		return ProviderJson.object("parameters of tool '" + tool.name() + "'", tool.parametersSchema());
	}

	/**
	 * The JSON schema of the answer.
	 * @param format a format with a schema
	 * @throws IllegalArgumentException if it is no JSON object
	 */
	public static ObjectNode schema(ResponseFormat format) {
		return ProviderJson.object("schema of the response format", format.schema());
	}

	/**
	 * The key of a prompt cache as OpenAI takes it. It refuses longer keys.
	 * @param key the key
	 * @return always the same for the same key
	 */
	public static String promptCacheKey(String key) {
		return (key.length() > LONGEST_KEY) ? PlainId.hash(key) : key;
	}

	/**
	 * A tool choice as OpenAI's APIs write it.
	 * @param choice the choice
	 * @param named writes the choice of a tool by its name
	 */
	public static JsonNode toolChoice(ToolChoice choice, Function<String, ObjectNode> named) {
		return switch (choice.mode()) {
			case AUTO -> TextNode.valueOf("auto");
			case NONE -> TextNode.valueOf("none");
			case REQUIRED -> TextNode.valueOf("required");
			case TOOL -> named.apply(String.valueOf(choice.tool()));
		};
	}

}
