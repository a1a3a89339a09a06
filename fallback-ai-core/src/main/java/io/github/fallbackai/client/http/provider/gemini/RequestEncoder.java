// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.gemini;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.ExtraParameters;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.json.RequestMembers;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of a {@code generateContent} request.
 */
final class RequestEncoder {

	/** The API takes both spellings of the names of its members. */
	static final Set<String> ESSENTIAL = Set.of("contents", "tools", "systemInstruction", "system_instruction",
			"toolConfig", "tool_config", "generationConfig", "generation_config");

	private RequestEncoder() {
	}

	static @Nullable String unsupported(ChatRequest chat) {
		if (chat.messages().stream().allMatch(SystemMessage.class::isInstance)) {
			return "no message besides instructions";
		}
		return FunctionNames.complete(chat.messages()) ? null : "a tool result whose call is missing";
	}

	static ObjectNode encode(EndpointRequest request) {
		ChatRequest chat = request.chat();
		String unsupported = unsupported(chat);
		if (unsupported != null) {
			throw new IllegalArgumentException("not supported: " + unsupported);
		}
		ObjectNode body = ProviderJson.MAPPER.createObjectNode();
		systemInstruction(chat, body);
		body.set("contents", new ContentsEncoder(request.endpoint()).encode(chat.messages()));
		tools(chat.tools(), chat.toolChoice(), body);
		ObjectNode config = body.putObject("generationConfig");
		responseFormat(chat.responseFormat(), config);
		sampling(chat, config);
		if (config.isEmpty()) {
			body.remove("generationConfig");
		}
		ExtraParameters.add(request, body);
		return body;
	}

	private static void systemInstruction(ChatRequest chat, ObjectNode body) {
		String system = chat.messages()
			.stream()
			.filter(SystemMessage.class::isInstance)
			.map((message) -> ((SystemMessage) message).text())
			.filter((text) -> !text.isBlank())
			.collect(Collectors.joining("\n\n"));
		if (!system.isEmpty()) {
			body.putObject("systemInstruction").putArray("parts").addObject().put("text", system);
		}
	}

	private static void tools(List<ToolDefinition> tools, @Nullable ToolChoice choice, ObjectNode body) {
		if (tools.isEmpty()) {
			return;
		}
		ArrayNode functions = body.putArray("tools").addObject().putArray("functionDeclarations");
		for (ToolDefinition tool : tools) {
			ObjectNode function = functions.addObject().put("name", tool.name()).put("description", tool.description());
			// Not "parameters", which takes only a small part of JSON schema.
			function.set("parametersJsonSchema", RequestMembers.parameters(tool));
		}
		if (choice != null) {
			toolChoice(choice, body.putObject("toolConfig").putObject("functionCallingConfig"));
		}
	}

	private static void toolChoice(ToolChoice choice, ObjectNode config) {
		switch (choice.mode()) {
			case AUTO -> config.put("mode", "AUTO");
			case NONE -> config.put("mode", "NONE");
			case REQUIRED -> config.put("mode", "ANY");
			case TOOL -> config.put("mode", "ANY").putArray("allowedFunctionNames").add(choice.tool());
		}
	}

	private static void responseFormat(ResponseFormat format, ObjectNode config) {
		if (format.structured()) {
			config.put("responseMimeType", "application/json");
		}
		if (format.type() == ResponseFormat.Type.JSON_SCHEMA) {
			config.set("responseJsonSchema", RequestMembers.schema(format));
		}
	}

	private static void sampling(ChatRequest chat, ObjectNode config) {
		if (chat.temperature() != null) {
			config.put("temperature", chat.temperature());
		}
		if (chat.topP() != null) {
			config.put("topP", chat.topP());
		}
		if (chat.maxTokens() != null) {
			config.put("maxOutputTokens", chat.maxTokens());
		}
		if (!chat.stop().isEmpty()) {
			chat.stop().forEach(config.putArray("stopSequences")::add);
		}
		if (chat.seed() != null) {
			// The API's seed has 32 bits; the same seed still gives the same number.
			config.put("seed", Long.hashCode(chat.seed()));
		}
	}

}
