// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.ExtraParameters;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.json.CacheMarks;
import io.github.fallbackai.client.http.provider.json.Files;
import io.github.fallbackai.client.http.provider.json.RequestMembers;
import io.github.fallbackai.endpoint.PromptCache;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of a Messages request.
 */
final class RequestEncoder {

	static final Set<String> ESSENTIAL = Set.of("model", "messages", "stream", "tools", "tool_choice", "system",
			"output_format", "output_config");

	private static final String SYSTEM = "system";

	private static final String MAX_TOKENS = "max_tokens";

	/** What a schema was given in before there was {@code output_config}. */
	private static final String OUTPUT_FORMAT = "output_format";

	private RequestEncoder() {
	}

	static @Nullable String unsupported(ChatRequest chat) {
		if (chat.messages().stream().allMatch(SystemMessage.class::isInstance)) {
			return "no message besides instructions";
		}
		if (chat.responseFormat().type() == ResponseFormat.Type.JSON_OBJECT) {
			return "JSON without a schema";
		}
		if (chat.stop().stream().anyMatch(String::isBlank)) {
			return "a stop sequence of white space only";
		}
		return Files.unsupported(chat, RequestEncoder::unsupported);
	}

	/**
	 * See <a href="https://docs.anthropic.com/en/docs/build-with-claude/pdf-support">PDF
	 * support</a>. A link is taken for one to a PDF unless its end says something else.
	 */
	private static @Nullable String unsupported(FilePart file) {
		String type = file.mediaType();
		if (FilePart.PDF.equals(type) || (!file.embedded() && type == null)) {
			return null;
		}
		boolean text = file.embedded() && type != null && type.startsWith("text/");
		return text ? null : "a file that is neither a PDF nor an embedded text";
	}

	static ObjectNode encode(EndpointRequest request) {
		ChatRequest chat = request.chat();
		String unsupported = unsupported(chat);
		if (unsupported != null) {
			throw new IllegalArgumentException("not supported: " + unsupported);
		}
		ObjectNode body = ProviderJson.MAPPER.createObjectNode();
		body.put("model", request.endpoint().model());
		maxTokens(request, body);
		OriginalMessages originals = OriginalMessages.of(chat);
		if (originals == null) {
			system(chat, body);
		}
		body.set("messages", new MessageEncoder(request.endpoint().modelGroup()).encode(chat.messages(), originals));
		tools(chat.tools(), chat.toolChoice(), body);
		if (!chat.extras(AnthropicDialect.PROVIDER).containsKey(OUTPUT_FORMAT)) {
			responseFormat(chat.responseFormat(), body);
		}
		sampling(chat, body);
		if (request.streaming()) {
			body.put("stream", true);
		}
		boolean anew = originals == null
				&& chat.extras(AnthropicDialect.PROVIDER).containsKey(AnthropicDialect.ORIGINAL_MESSAGES);
		ExtraParameters.add(request, body,
				(name) -> AnthropicDialect.isParameter(name) && !(anew && name.equals(SYSTEM)));
		PromptCache cache = PromptCache.of(request.endpoint());
		if (originals == null || cache == PromptCache.NONE) {
			// A client of this API sets its own marks.
			cacheMarks(cache, CacheMarks.of(body));
		}
		return body;
	}

	/** Without marks, the API caches nothing. */
	private static void cacheMarks(PromptCache setting, CacheMarks marks) {
		switch (setting) {
			case AUTO -> marks.place();
			case REQUEST -> {
			}
			case NONE -> marks.remove();
		}
		marks.limit();
	}

	/**
	 * The endpoint's default is added later, and only to a body without this member. So
	 * ours is left out if there is one.
	 */
	private static void maxTokens(EndpointRequest request, ObjectNode body) {
		Integer maxTokens = request.chat().maxTokens();
		if (maxTokens != null) {
			body.put(MAX_TOKENS, maxTokens);
		}
		else if (!request.endpoint().parameters().defaults().containsKey(MAX_TOKENS)) {
			body.put(MAX_TOKENS, AnthropicDialect.DEFAULT_MAX_TOKENS);
		}
	}

	private static void system(ChatRequest chat, ObjectNode body) {
		List<SystemMessage> messages = chat.messages()
			.stream()
			.filter(SystemMessage.class::isInstance)
			.map(SystemMessage.class::cast)
			.filter((message) -> !message.text().isBlank())
			.toList();
		List<TextPart> parts = messages.stream().flatMap((message) -> message.parts().stream()).toList();
		if (parts.stream().anyMatch((part) -> part.cacheControl() != null)) {
			ArrayNode blocks = body.putArray(SYSTEM);
			parts.stream().filter((part) -> !part.text().isBlank()).forEach((part) -> {
				ObjectNode block = blocks.addObject().put("type", "text").put("text", part.text());
				CacheMarks.add(part.cacheControl(), block);
			});
		}
		else if (!parts.isEmpty()) {
			body.put(SYSTEM, messages.stream().map(SystemMessage::text).collect(Collectors.joining("\n\n")));
		}
	}

	private static void tools(List<ToolDefinition> tools, @Nullable ToolChoice choice, ObjectNode body) {
		if (tools.isEmpty()) {
			// Without tools a choice is an error.
			return;
		}
		ArrayNode array = body.putArray("tools");
		for (ToolDefinition tool : tools) {
			ObjectNode object = array.addObject().put("name", tool.name()).put("description", tool.description());
			ObjectNode schema = RequestMembers.parameters(tool);
			// The one member that the API insists on.
			object.set("input_schema", schema.has("type") ? schema : schema.put("type", "object"));
			CacheMarks.add(tool.cacheControl(), object);
		}
		if (choice != null) {
			body.set("tool_choice", toolChoice(choice));
		}
	}

	private static JsonNode toolChoice(ToolChoice choice) {
		ObjectNode object = ProviderJson.MAPPER.createObjectNode();
		return switch (choice.mode()) {
			case AUTO -> object.put("type", "auto");
			case NONE -> object.put("type", "none");
			case REQUIRED -> object.put("type", "any");
			case TOOL -> object.put("type", "tool").put("name", choice.tool());
		};
	}

	/**
	 * See <a href=
	 * "https://docs.anthropic.com/en/docs/build-with-claude/structured-outputs">structured
	 * outputs</a>; models before Claude 4.5 do not know them.
	 */
	private static void responseFormat(ResponseFormat format, ObjectNode body) {
		if (format.type() == ResponseFormat.Type.JSON_SCHEMA) {
			ObjectNode schema = RequestMembers.schema(format);
			ClosedObjects.close(schema);
			body.putObject("output_config").putObject("format").put("type", "json_schema").set("schema", schema);
		}
	}

	/**
	 * The API's temperature ends at 1, and newer models take only one of the two
	 * parameters.
	 */
	private static void sampling(ChatRequest chat, ObjectNode body) {
		if (chat.temperature() != null) {
			body.put("temperature", Math.min(chat.temperature(), 1));
		}
		else if (chat.topP() != null) {
			body.put("top_p", chat.topP());
		}
		if (!chat.stop().isEmpty()) {
			chat.stop().forEach(body.putArray("stop_sequences")::add);
		}
	}

}
