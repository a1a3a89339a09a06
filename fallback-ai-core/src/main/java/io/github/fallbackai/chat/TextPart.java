package io.github.fallbackai.chat;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Text within a message.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class TextPart implements ContentPart {

	private final String text;

	/**
	 * @param text the text
	 */
	@JsonCreator
	public TextPart(@JsonProperty("text") String text) {
		this.text = text;
	}

	/** The text. */
	public String text() {
		return this.text;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TextPart textPart && this.text.equals(textPart.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return "TextPart[" + this.text.length() + " characters]";
	}

}
