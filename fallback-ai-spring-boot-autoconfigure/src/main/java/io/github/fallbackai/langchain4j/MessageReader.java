// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.langchain4j;

import java.util.List;
import java.util.Objects;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;

import static java.util.stream.Collectors.joining;

/**
 * Reads LangChain4j's messages.
 */
final class MessageReader {

	/** As this library's own tools say it. Not every provider has a mark for it. */
	private static final String ERROR = "Error: ";

	private MessageReader() {
	}

	static ChatMessage read(dev.langchain4j.data.message.ChatMessage message) {
		if (message instanceof SystemMessage system) {
			return ChatMessage.system(system.text());
		}
		if (message instanceof UserMessage user) {
			return new io.github.fallbackai.chat.UserMessage(
					user.contents().stream().map(MessageReader::part).toList());
		}
		if (message instanceof AiMessage assistant) {
			return assistant(assistant);
		}
		if (message instanceof ToolExecutionResultMessage result) {
			return new ToolResultMessage(Objects.requireNonNullElse(result.id(), ""), content(result));
		}
		throw new UnsupportedFeatureException("Messages of type " + message.type() + " are not supported");
	}

	private static String content(ToolExecutionResultMessage result) {
		String text = result.contents().stream().map(MessageReader::text).collect(joining("\n"));
		boolean said = text.regionMatches(true, 0, ERROR, 0, ERROR.indexOf(':'));
		return (Boolean.TRUE.equals(result.isError()) && !said) ? ERROR + text : text;
	}

	private static String text(Content content) {
		if (content instanceof TextContent text) {
			return text.text();
		}
		throw new UnsupportedFeatureException("Results of tools with " + content.type() + " are not supported");
	}

	private static AssistantMessage assistant(AiMessage message) {
		AssistantMessage kept = KeptMessage.read(message);
		if (kept != null) {
			return kept;
		}
		List<ToolCall> calls = message.toolExecutionRequests()
			.stream()
			.map((request) -> new ToolCall(Objects.requireNonNullElse(request.id(), ""), request.name(),
					Objects.requireNonNullElse(request.arguments(), "{}")))
			.toList();
		return new AssistantMessage(Objects.requireNonNullElse(message.text(), ""), calls);
	}

	private static ContentPart part(Content content) {
		if (content instanceof TextContent text) {
			return new TextPart(text.text());
		}
		if (content instanceof ImageContent image) {
			return image(image.image());
		}
		throw new UnsupportedFeatureException("Content of type " + content.type() + " is not supported");
	}

	private static ImagePart image(Image image) {
		if (image.url() != null) {
			return new ImagePart(image.url());
		}
		return ImagePart
			.at("data:" + Objects.requireNonNullElse(image.mimeType(), "image/png") + ";base64," + image.base64Data());
	}

}
