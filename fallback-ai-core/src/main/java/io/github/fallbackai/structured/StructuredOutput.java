// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
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
	 * @throws IllegalArgumentException if the JSON of this type is no object, or if
	 * Jackson cannot read the type
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
		Predicate<ChatResponse> readable = this::isAcceptable;
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
	 * @throws IllegalArgumentException if Jackson cannot read the type
	 */
	public Answer<T> answer(ChatResponse response) {
		try {
			T value = read(response);
			if (value == null) {
				throw new IllegalArgumentException("response: " + response + " (expected: one that was accepted)");
			}
			return new Answer<>(value, response);
		}
		catch (InvalidDefinitionException ex) {
			throw ReadableTypes.unreadable(this.type, ex.getOriginalMessage());
		}
	}

	/**
	 * No other endpoint's answer can be read if the type is at fault, unless it is at
	 * fault in a member that another answer may leave out.
	 */
	private boolean isAcceptable(ChatResponse response) {
		try {
			return read(response) != null;
		}
		catch (InvalidDefinitionException ex) {
			return ex.getPath().stream().noneMatch(StructuredOutput::mayBeAbsent);
		}
	}

	private static boolean mayBeAbsent(JsonMappingException.Reference place) {
		Object owner = place.getFrom();
		String name = place.getFieldName();
		return owner != null && name != null
				&& MemberNames.mayBeAbsent((owner instanceof Class<?> type) ? type : owner.getClass(), name);
	}

	/** The value of an answer, {@code null} if it has none that is valid. */
	private @Nullable T read(ChatResponse response) throws InvalidDefinitionException {
		Matcher fenced = FENCED.matcher(response.text());
		try {
			JsonNode json = AnswerMapper.MAPPER.readTree(fenced.matches() ? fenced.group(1) : response.text());
			if (!this.schema.allows(json)) {
				return null;
			}
			T value = AnswerMapper.MAPPER.treeToValue(json, this.type);
			return (value != null && this.schema.isComplete(value, json)) ? value : null;
		}
		catch (InvalidDefinitionException ex) {
			throw ex;
		}
		catch (JsonProcessingException | IllegalArgumentException ex) {
			return null;
		}
	}

}
