// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A complete request of the model to run a tool.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class ToolCall implements AssistantPart {

	private final String id;

	private final String name;

	private final String arguments;

	private final @Nullable ProviderState state;

	/**
	 * @param id the call's id within the conversation
	 * @param name name of the tool
	 * @param arguments the arguments as a JSON object
	 */
	public ToolCall(String id, String name, String arguments) {
		this(id, name, arguments, null);
	}

	@JsonCreator
	private ToolCall(@JsonProperty("id") String id, @JsonProperty("name") String name,
			@JsonProperty("arguments") String arguments, @JsonProperty("state") @Nullable ProviderState state) {
		this.id = id;
		this.name = name;
		this.arguments = arguments;
		this.state = state;
	}

	/** The call's id within the conversation. */
	public String id() {
		return this.id;
	}

	/** Name of the tool. */
	public String name() {
		return this.name;
	}

	/** The arguments as a JSON object. */
	public String arguments() {
		return this.arguments;
	}

	@Override
	public @Nullable ProviderState state() {
		return this.state;
	}

	/** The same call with what the provider that made it wants back. */
	public ToolCall withState(@Nullable ProviderState state) {
		return new ToolCall(this.id, this.name, this.arguments, state);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ToolCall toolCall && this.id.equals(toolCall.id) && this.name.equals(toolCall.name)
				&& this.arguments.equals(toolCall.arguments) && Objects.equals(this.state, toolCall.state);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.id, this.name, this.arguments, this.state);
	}

	@Override
	public String toString() {
		return "ToolCall[" + this.name + "]";
	}

}
