// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool by a model. {@code toString()} hides the arguments.
 */
public final class ToolInvocation {

	private static final TypeReference<Map<String, @Nullable Object>> VALUES = new TypeReference<>() {
	};

	private final int round;

	private final ToolCall toolCall;

	private final JsonNode arguments;

	ToolInvocation(int round, ToolCall toolCall, JsonNode arguments) {
		this.round = round;
		this.toolCall = toolCall;
		this.arguments = arguments;
	}

	/** Name of the tool. */
	public String tool() {
		return this.toolCall.name();
	}

	/** Id of the call, unique within its round only: some providers begin anew. */
	public String id() {
		return this.toolCall.id();
	}

	/** The model's answer that made the call, from 1. */
	public int round() {
		return this.round;
	}

	/** The arguments, a JSON object. */
	public String json() {
		return this.arguments.toString();
	}

	/**
	 * The arguments by name: strings, numbers, booleans, lists, maps and {@code null}.
	 */
	public Map<String, @Nullable Object> values() {
		return ArgumentJson.MAPPER.convertValue(this.arguments, VALUES);
	}

	/**
	 * One argument as text.
	 * @param name its name
	 * @return a string as it is, a number or boolean as JSON writes it; {@code null} if
	 * the argument is missing, {@code null}, a list or an object
	 */
	public @Nullable String text(String name) {
		JsonNode value = this.arguments.path(name);
		return (value.isValueNode() && !value.isNull()) ? value.asText() : null;
	}

	/**
	 * The arguments as an object of the application, read by Jackson 2. Unknown members
	 * are ignored.
	 * @param type a class or record
	 * @param <T> its type
	 * @return the object
	 * @throws IllegalArgumentException if the arguments do not fit
	 */
	public <T> T as(Class<T> type) {
		return ArgumentJson.MAPPER.convertValue(this.arguments, type);
	}

	@Override
	public String toString() {
		return "ToolInvocation[" + tool() + ", round=" + this.round + "]";
	}

}
