// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.langchain4j;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.JsonSchemaElementJsonUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Reads LangChain4j's requests.
 */
final class RequestReader {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

	private static final List<String> OPENAI_FAMILY = List.of("openai", "azure-openai");

	/** Endpoints that are models of Spring AI have names of their own. */
	private static final String SPRING_AI = "spring-ai";

	private final ChatOptions options;

	RequestReader(ChatOptions options) {
		this.options = options.toBuilder().schemaInPrompt(true).build();
	}

	io.github.fallbackai.chat.ChatRequest read(ChatRequest request) {
		ChatRequestBuilder builder = io.github.fallbackai.chat.ChatRequest.builder()
			.options(this.options)
			.target(request.modelName())
			.temperature(request.temperature())
			.topP(request.topP())
			.maxTokens(request.maxOutputTokens())
			.toolChoice(choice(request.toolChoice()))
			.responseFormat(format(request.responseFormat()));
		request.messages().stream().map(MessageReader::read).forEach(builder::message);
		if (request.stopSequences() != null) {
			builder.stop(request.stopSequences().toArray(String[]::new));
		}
		if (request.toolSpecifications() != null) {
			request.toolSpecifications().stream().map(RequestReader::tool).forEach(builder::tool);
		}
		extra(builder, "anthropic", "top_k", request.topK());
		extra(builder, SPRING_AI, "topK", request.topK());
		for (String provider : OPENAI_FAMILY) {
			extra(builder, provider, "frequency_penalty", request.frequencyPenalty());
			extra(builder, provider, "presence_penalty", request.presencePenalty());
		}
		extra(builder, SPRING_AI, "frequencyPenalty", request.frequencyPenalty());
		extra(builder, SPRING_AI, "presencePenalty", request.presencePenalty());
		return builder.build();
	}

	private static void extra(ChatRequestBuilder builder, String provider, String name, @Nullable Object value) {
		if (value != null) {
			builder.extra(provider, name, value);
		}
	}

	private static @Nullable ToolChoice choice(dev.langchain4j.model.chat.request.@Nullable ToolChoice choice) {
		if (choice == null) {
			return null;
		}
		return switch (choice) {
			case AUTO -> ToolChoice.AUTO;
			case REQUIRED -> ToolChoice.REQUIRED;
			case NONE -> ToolChoice.NONE;
		};
	}

	private static ToolDefinition tool(ToolSpecification tool) {
		return new ToolDefinition(tool.name(), (tool.description() != null) ? tool.description() : "",
				(tool.parameters() != null) ? json(tool.parameters()) : NO_PARAMETERS);
	}

	private static ResponseFormat format(dev.langchain4j.model.chat.request.@Nullable ResponseFormat format) {
		if (format == null || format.type() == ResponseFormatType.TEXT) {
			return ResponseFormat.TEXT;
		}
		JsonSchema schema = format.jsonSchema();
		return (schema != null) ? ResponseFormat.jsonSchema(schema.name(), json(schema.rootElement()))
				: ResponseFormat.JSON_OBJECT;
	}

	private static String json(JsonSchemaElement element) {
		Map<String, Object> map = JsonSchemaElementJsonUtils.toMap(element);
		try {
			return MAPPER.writeValueAsString(map);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(
					"schema: " + element.getClass().getSimpleName() + " (expected: one that can be written as JSON)",
					ex);
		}
	}

}
