package io.github.fallbackai.chat;

import java.util.List;

/**
 * What the model answered earlier in the conversation.
 *
 * @param text the text, empty if it only called tools
 * @param toolCalls the tools it called
 */
public record AssistantMessage(String text, List<ToolCall> toolCalls) implements ChatMessage {

	public AssistantMessage {
		toolCalls = List.copyOf(toolCalls);
	}

	@Override
	public String toString() {
		return "AssistantMessage[" + this.text.length() + " characters, " + this.toolCalls.size() + " tool calls]";
	}

}
