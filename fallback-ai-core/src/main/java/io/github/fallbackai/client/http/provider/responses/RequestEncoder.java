// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.json.RequestMembers;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of a request.
 */
final class RequestEncoder {

	/** That nothing is stored is a promise to the user. */
	static final Set<String> ESSENTIAL = Set.of("model", "input", "stream", "tools", "tool_choice", "text",
			"text.format", "store");

	private static final String TYPE = "type";

	private RequestEncoder() {
	}

	static ObjectNode encode(EndpointRequest request, String model) {
		ChatRequest chat = request.chat();
		ObjectNode body = ProviderJson.MAPPER.createObjectNode();
		body.put("model", model);
		body.set("input", new InputEncoder(request.endpoint().modelGroup()).encode(chat.messages()));
		tools(chat.tools(), chat.toolChoice(), body);
		responseFormat(chat.responseFormat(), body);
		if (chat.temperature() != null) {
			body.put("temperature", chat.temperature());
		}
		if (chat.topP() != null) {
			body.put("top_p", chat.topP());
		}
		if (!chat.stop().isEmpty()) {
			// OpenAI does not know it, but others do. It is left out once it was refused.
			chat.stop().forEach(body.putArray("stop")::add);
		}
		if (chat.maxTokens() != null) {
			body.put("max_output_tokens", chat.maxTokens());
		}
		if (chat.promptCacheKey() != null) {
			body.put("prompt_cache_key", RequestMembers.promptCacheKey(chat.promptCacheKey()));
		}
		body.put("store", false);
		body.putArray("include").add("reasoning.encrypted_content");
		if (request.streaming()) {
			body.put("stream", true);
			body.putObject("stream_options").put("include_obfuscation", false);
		}
		Extras.add(chat.extras(request.endpoint().provider()), body);
		Extras.addOwn(chat.extras(ResponsesState.FORMAT), body);
		return body;
	}

	private static void tools(List<ToolDefinition> tools, @Nullable ToolChoice choice, ObjectNode body) {
		if (tools.isEmpty()) {
			return;
		}
		ArrayNode array = body.putArray("tools");
		for (ToolDefinition tool : tools) {
			ObjectNode object = array.addObject().put(TYPE, "function").put("name", tool.name());
			object.put("description", tool.description());
			object.set("parameters", RequestMembers.parameters(tool));
			// Unlike chat completions, this API is strict unless told otherwise.
			object.put("strict", false);
		}
		if (choice != null) {
			body.set("tool_choice", RequestMembers.toolChoice(choice,
					(tool) -> ProviderJson.MAPPER.createObjectNode().put(TYPE, "function").put("name", tool)));
		}
	}

	private static void responseFormat(ResponseFormat format, ObjectNode body) {
		switch (format.type()) {
			case TEXT, VECTORS -> {
			}
			case JSON_OBJECT -> body.putObject("text").putObject("format").put(TYPE, "json_object");
			case JSON_SCHEMA -> {
				ObjectNode object = body.putObject("text").putObject("format").put(TYPE, "json_schema");
				object.put("name", format.name());
				object.set("schema", RequestMembers.schema(format));
			}
		}
	}

}
