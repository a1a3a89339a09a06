// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Conversation;
import io.github.fallbackai.client.http.provider.ExtraParameters;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.RoleOrder;
import io.github.fallbackai.client.http.provider.json.CacheMarks;
import io.github.fallbackai.client.http.provider.json.Files;
import io.github.fallbackai.client.http.provider.json.RequestMembers;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of a chat completions request.
 */
final class RequestEncoder {

	static final Set<String> ESSENTIAL = Set.of("model", "messages", "stream", "tools", "tool_choice",
			"response_format");

	private static final String MESSAGES = "messages";

	private RequestEncoder() {
	}

	/** OpenAI's "File inputs": this API takes no links, and no other type. */
	static @Nullable String unsupported(ChatRequest chat) {
		return Files.unsupported(chat, (file) -> {
			if (!file.embedded()) {
				return "a link to a file";
			}
			return FilePart.PDF.equals(file.mediaType()) ? null : "a file that is no PDF";
		});
	}

	/**
	 * Writes the body.
	 * @param request what to ask
	 * @param maxTokensName the name by which the server knows the token limit
	 */
	static ObjectNode encode(EndpointRequest request, String maxTokensName) {
		ChatRequest chat = request.chat();
		String unsupported = unsupported(chat);
		if (unsupported != null) {
			throw new IllegalArgumentException("not supported: " + unsupported);
		}
		ObjectNode body = ProviderJson.MAPPER.createObjectNode();
		body.put("model", request.endpoint().model());
		Conversation conversation = Conversation.of(chat.messages(), ToolCallIds.of(request.endpoint()));
		ArrayNode messages = new MessageEncoder(request.endpoint()).encode(conversation);
		body.set(MESSAGES, messages);
		tools(chat.tools(), chat.toolChoice(), MarkedServers.include(request.endpoint()), body);
		responseFormat(chat.responseFormat(), body);
		sampling(chat, body);
		if (chat.maxTokens() != null) {
			body.put(maxTokensName, chat.maxTokens());
		}
		if (request.streaming()) {
			body.put("stream", true);
			body.putObject("stream_options").put("include_usage", true);
		}
		if (chat.promptCacheKey() != null) {
			body.put("prompt_cache_key", RequestMembers.promptCacheKey(chat.promptCacheKey()));
		}
		ExtraParameters.add(request, body, conversation);
		CacheMarks.of(body).limit();
		if (ToolCallIds.ofMistral(request.endpoint())) {
			RoleOrder.bridge(messages);
		}
		return body;
	}

	private static void tools(List<ToolDefinition> tools, @Nullable ToolChoice choice, boolean cacheMarks,
			ObjectNode body) {
		if (tools.isEmpty()) {
			// OpenAI refuses a tool choice without tools.
			return;
		}
		ArrayNode array = body.putArray("tools");
		for (ToolDefinition tool : tools) {
			ObjectNode object = array.addObject().put("type", "function");
			CacheMarks.add(cacheMarks ? tool.cacheControl() : null, object);
			ObjectNode function = object.putObject("function");
			function.put("name", tool.name()).put("description", tool.description());
			function.set("parameters", RequestMembers.parameters(tool));
		}
		if (choice != null) {
			body.set("tool_choice", RequestMembers.toolChoice(choice, RequestEncoder::named));
		}
	}

	private static ObjectNode named(String tool) {
		ObjectNode choice = ProviderJson.MAPPER.createObjectNode().put("type", "function");
		choice.putObject("function").put("name", tool);
		return choice;
	}

	private static void responseFormat(ResponseFormat format, ObjectNode body) {
		switch (format.type()) {
			case TEXT, VECTORS -> {
			}
			case JSON_OBJECT -> body.putObject("response_format").put("type", "json_object");
			case JSON_SCHEMA -> {
				ObjectNode object = body.putObject("response_format").put("type", "json_schema");
				ObjectNode schema = object.putObject("json_schema").put("name", format.name());
				schema.set("schema", RequestMembers.schema(format));
			}
		}
	}

	private static void sampling(ChatRequest chat, ObjectNode body) {
		if (chat.temperature() != null) {
			body.put("temperature", chat.temperature());
		}
		if (chat.topP() != null) {
			body.put("top_p", chat.topP());
		}
		if (!chat.stop().isEmpty()) {
			chat.stop().forEach(body.putArray("stop")::add);
		}
		if (chat.seed() != null) {
			body.put("seed", chat.seed());
		}
	}

}
