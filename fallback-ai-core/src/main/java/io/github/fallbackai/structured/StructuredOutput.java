// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.fallbackai.chat.Answer;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolChoice;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an answer of a certain type, and reads it. Safe for use by several threads.
 *
 * @param <T> the type
 */
public final class StructuredOutput<T> {

	/** Modules of the application's class path add types such as {@code LocalDate}. */
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.addModules(MapperBuilder.findModules(StructuredOutput.class.getClassLoader()))
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/** Models without JSON mode often put JSON into a block of code. */
	private static final Pattern FENCED = Pattern.compile("\\s*```[A-Za-z]*\\s*\\n(.*)\\n\\s*```\\s*", Pattern.DOTALL);

	private static final ClassValue<TypeSchema> SCHEMAS = new ClassValue<>() {

		@Override
		protected TypeSchema computeValue(Class<?> type) {
			return TypeSchema.of(type);
		}

	};

	private final Class<T> type;

	private final TypeSchema schema;

	private StructuredOutput(Class<T> type, TypeSchema schema) {
		this.type = type;
		this.schema = schema;
	}

	/**
	 * Prepares answers of a type.
	 * @param <T> the type
	 * @param type a class with members, such as a record
	 * @return the output
	 * @throws IllegalArgumentException if the JSON of this type is no object
	 * @throws IllegalStateException if the schema generator is not on the class path
	 */
	public static <T> StructuredOutput<T> of(Class<T> type) {
		return new StructuredOutput<>(type, SCHEMAS.get(type));
	}

	/**
	 * The request that asks for an answer of this type.
	 * @param request what to ask
	 * @return the request
	 * @throws IllegalArgumentException if the request offers tools: their calls are no
	 * value of the type
	 */
	public ChatRequest ask(ChatRequest request) {
		ToolChoice choice = request.toolChoice();
		if (!request.tools().isEmpty() && (choice == null || choice.mode() != ToolChoice.Mode.NONE)) {
			throw new IllegalArgumentException(
					"tools: " + request.tools().size() + " (expected: none, or the tool choice \"none\")");
		}
		ChatOptions options = request.options();
		Predicate<ChatResponse> readable = (response) -> read(response) != null;
		Predicate<ChatResponse> accept = options.accept();
		return request.toBuilder()
			.responseFormat(ResponseFormat.jsonSchema(this.schema.name(), this.schema.text()))
			.options(options.toBuilder()
				.accept((accept != null) ? readable.and(accept) : readable)
				.schemaInPrompt(true)
				.build())
			.build();
	}

	/**
	 * The answer with its value.
	 * @param response an answer to {@link #ask}
	 * @return the answer
	 */
	public Answer<T> answer(ChatResponse response) {
		T value = read(response);
		if (value == null) {
			throw new IllegalArgumentException("response: " + response + " (expected: one that was accepted)");
		}
		return new Answer<>(value, response);
	}

	/** The value of an answer, {@code null} if it has none that is valid. */
	private @Nullable T read(ChatResponse response) {
		Matcher fenced = FENCED.matcher(response.text());
		try {
			JsonNode json = MAPPER.readTree(fenced.matches() ? fenced.group(1) : response.text());
			return this.schema.allows(json) ? MAPPER.treeToValue(json, this.type) : null;
		}
		catch (JsonProcessingException | IllegalArgumentException ex) {
			return null;
		}
	}

}
