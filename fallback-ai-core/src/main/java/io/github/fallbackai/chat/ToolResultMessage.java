package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a tool returned for a call of the model.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ToolResultMessage implements ChatMessage {

	private final String toolCallId;

	private final String content;

	/**
	 * @param toolCallId id of the call, as the model gave it
	 * @param content the result
	 */
	@JsonCreator
	public ToolResultMessage(@JsonProperty("toolCallId") String toolCallId, @JsonProperty("content") String content) {
		this.toolCallId = toolCallId;
		this.content = content;
	}

	/** Id of the call, as the model gave it. */
	public String toolCallId() {
		return this.toolCallId;
	}

	/** The result. */
	public String content() {
		return this.content;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ToolResultMessage toolResultMessage
				&& this.toolCallId.equals(toolResultMessage.toolCallId)
				&& this.content.equals(toolResultMessage.content);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.toolCallId, this.content);
	}

	@Override
	public String toString() {
		return "ToolResultMessage[" + this.content.length() + " characters]";
	}

}
