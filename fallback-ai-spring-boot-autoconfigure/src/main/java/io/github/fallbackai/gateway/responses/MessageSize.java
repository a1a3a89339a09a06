package io.github.fallbackai.gateway.responses;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;

/**
 * About how much memory a message takes.
 */
final class MessageSize {

	/** The objects around a text. */
	private static final int OBJECTS = 200;

	private MessageSize() {
	}

	static long of(ChatMessage message) {
		long size = OBJECTS;
		if (message instanceof AssistantMessage assistant) {
			for (AssistantPart part : assistant.parts()) {
				size += of(part) + ((part.state() != null) ? 2L * part.state().json().length() : 0);
			}
		}
		else if (message instanceof UserMessage user) {
			for (ContentPart part : user.parts()) {
				size += of(part);
			}
		}
		else if (message instanceof SystemMessage system) {
			size += 2L * system.text().length();
		}
		else if (message instanceof ToolResultMessage result) {
			size += 2L * result.content().length();
		}
		return size;
	}

	private static long of(ContentPart part) {
		if (part instanceof TextPart text) {
			return OBJECTS + 2L * text.text().length();
		}
		if (part instanceof ImagePart image) {
			return OBJECTS + 2L * image.uri().toString().length();
		}
		return (part instanceof FilePart file) ? OBJECTS + 2L * file.uri().toString().length() : OBJECTS;
	}

	private static long of(AssistantPart part) {
		if (part instanceof TextPart text) {
			return OBJECTS + 2L * text.text().length();
		}
		if (part instanceof RefusalPart refusal) {
			return OBJECTS + 2L * refusal.text().length();
		}
		if (part instanceof ReasoningPart thought) {
			String encrypted = thought.encrypted();
			return OBJECTS + 2L * thought.text().length() + ((encrypted != null) ? 2L * encrypted.length() : 0);
		}
		return (part instanceof ToolCall call) ? OBJECTS + 2L * call.arguments().length() : OBJECTS;
	}

}
