package io.github.fallbackai.chat;

/**
 * Text within a message.
 *
 * @param text the text
 */
public record TextPart(String text) implements ContentPart {

	@Override
	public String toString() {
		return "TextPart[" + this.text.length() + " characters]";
	}

}
