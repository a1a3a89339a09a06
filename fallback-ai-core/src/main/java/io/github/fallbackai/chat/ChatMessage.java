// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.List;

/**
 * One turn of a conversation. {@code toString()} of every message hides its content.
 */
public sealed interface ChatMessage permits SystemMessage, UserMessage, AssistantMessage, ToolResultMessage {

	/** An instruction to the model. */
	static SystemMessage system(String text) {
		return new SystemMessage(text);
	}

	/** What the user said. */
	static UserMessage user(String text) {
		return new UserMessage(List.of(new TextPart(text)));
	}

	/** What the user said and showed. */
	static UserMessage user(ContentPart... parts) {
		return new UserMessage(List.of(parts));
	}

	/** What the model answered earlier. */
	static AssistantMessage assistant(String text) {
		return new AssistantMessage(text, List.of());
	}

	/** What a tool returned for a call of the model. */
	static ToolResultMessage toolResult(String toolCallId, String content) {
		return new ToolResultMessage(toolCallId, content);
	}

}
