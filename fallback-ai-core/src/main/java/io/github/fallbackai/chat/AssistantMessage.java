package io.github.fallbackai.chat;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the model answered earlier in the conversation.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class AssistantMessage implements ChatMessage {

	private final String text;

	private final List<ToolCall> toolCalls;

	/**
	 * @param text the text, empty if it only called tools
	 * @param toolCalls the tools it called
	 */
	@JsonCreator
	public AssistantMessage(@JsonProperty("text") String text, @JsonProperty("toolCalls") List<ToolCall> toolCalls) {
		this.text = text;
		this.toolCalls = List.copyOf(toolCalls);
	}

	/** The text, empty if it only called tools. */
	public String text() {
		return this.text;
	}

	/** The tools it called. */
	public List<ToolCall> toolCalls() {
		return this.toolCalls;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AssistantMessage assistantMessage && this.text.equals(assistantMessage.text)
				&& this.toolCalls.equals(assistantMessage.toolCalls);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.text, this.toolCalls);
	}

	@Override
	public String toString() {
		return "AssistantMessage[" + this.text.length() + " characters, " + this.toolCalls.size() + " tool calls]";
	}

}
