package io.github.fallbackai.chat;

/**
 * What a tool returned for a call of the model.
 *
 * @param toolCallId id of the call, as the model gave it
 * @param content the result
 */
public record ToolResultMessage(String toolCallId, String content) implements ChatMessage {

	@Override
	public String toString() {
		return "ToolResultMessage[" + this.content.length() + " characters]";
	}

}
