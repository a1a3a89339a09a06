package io.github.fallbackai.client.http.provider.anthropic;

import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.http.provider.EmbeddedImage;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Writes the messages of a conversation, except system messages. Messages of one role
 * that follow one another become one, because the API requires the results of all
 * parallel tool calls together. Blank texts are left out, because the API refuses them.
 * Belongs to one request.
 */
final class MessageEncoder {

	/** Ids of other providers may have other characters. */
	private static final Pattern UNFIT_FOR_ID = Pattern.compile("[^A-Za-z0-9_-]");

	private final ArrayNode messages = ProviderJson.MAPPER.createArrayNode();

	ArrayNode encode(List<ChatMessage> conversation) {
		for (ChatMessage message : conversation) {
			if (message instanceof UserMessage user) {
				user.parts().forEach(this::part);
			}
			else if (message instanceof AssistantMessage assistant) {
				assistant(assistant);
			}
			else if (message instanceof ToolResultMessage result) {
				block("user", "tool_result").put("tool_use_id", id(result.toolCallId()))
					.put("content", result.content());
			}
		}
		return this.messages;
	}

	private void part(ContentPart part) {
		if (part instanceof TextPart text) {
			text("user", text.text());
		}
		else if (part instanceof ImagePart image) {
			ObjectNode source = block("user", "image").putObject("source");
			if (image.embedded()) {
				EmbeddedImage embedded = EmbeddedImage.of(image);
				source.put("type", "base64").put("media_type", embedded.mediaType()).put("data", embedded.base64());
			}
			else {
				source.put("type", "url").put("url", image.uri().toString());
			}
		}
	}

	private void assistant(AssistantMessage message) {
		text("assistant", message.text());
		for (ToolCall call : message.toolCalls()) {
			block("assistant", "tool_use").put("id", id(call.id()))
				.put("name", call.name())
				.set("input", ProviderJson.arguments(call.arguments()));
		}
	}

	private void text(String role, String text) {
		if (!text.isBlank()) {
			block(role, "text").put("text", text);
		}
	}

	private ObjectNode block(String role, String type) {
		if (!ProviderJson.text(this.messages.path(this.messages.size() - 1), "role").equals(role)) {
			this.messages.addObject().put("role", role).putArray("content");
		}
		ArrayNode content = (ArrayNode) this.messages.path(this.messages.size() - 1).path("content");
		return content.addObject().put("type", type);
	}

	private static String id(String id) {
		return UNFIT_FOR_ID.matcher(id).replaceAll("_");
	}

}
