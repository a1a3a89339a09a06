package io.github.fallbackai.chat;

/**
 * An instruction to the model.
 *
 * @param text the instruction
 */
public record SystemMessage(String text) implements ChatMessage {

	@Override
	public String toString() {
		return "SystemMessage[" + this.text.length() + " characters]";
	}

}
