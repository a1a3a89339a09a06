package io.github.fallbackai.chat;

import java.util.List;

/**
 * What the user said and showed.
 *
 * @param parts the content in order, at least one part
 */
public record UserMessage(List<ContentPart> parts) implements ChatMessage {

	public UserMessage {
		parts = List.copyOf(parts);
		if (parts.isEmpty()) {
			throw new IllegalArgumentException("user message: no parts (expected: at least one)");
		}
	}

	@Override
	public String toString() {
		return "UserMessage" + this.parts;
	}

}
