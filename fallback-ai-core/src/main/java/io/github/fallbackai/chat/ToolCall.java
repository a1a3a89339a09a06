package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A complete request of the model to run a tool.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ToolCall {

	private final String id;

	private final String name;

	private final String arguments;

	/**
	 * @param id the call's id within the conversation
	 * @param name name of the tool
	 * @param arguments the arguments as a JSON object
	 */
	@JsonCreator
	public ToolCall(@JsonProperty("id") String id, @JsonProperty("name") String name,
			@JsonProperty("arguments") String arguments) {
		this.id = id;
		this.name = name;
		this.arguments = arguments;
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
	public boolean equals(@Nullable Object other) {
		return other instanceof ToolCall toolCall && this.id.equals(toolCall.id) && this.name.equals(toolCall.name)
				&& this.arguments.equals(toolCall.arguments);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.id, this.name, this.arguments);
	}

	@Override
	public String toString() {
		return "ToolCall[" + this.name + "]";
	}

}
