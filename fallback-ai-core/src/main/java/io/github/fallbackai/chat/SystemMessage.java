package io.github.fallbackai.chat;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An instruction to the model.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class SystemMessage implements ChatMessage {

	private final String text;

	/**
	 * @param text the instruction
	 */
	@JsonCreator
	public SystemMessage(@JsonProperty("text") String text) {
		this.text = text;
	}

	/** The instruction. */
	public String text() {
		return this.text;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SystemMessage systemMessage && this.text.equals(systemMessage.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return "SystemMessage[" + this.text.length() + " characters]";
	}

}
