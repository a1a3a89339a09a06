// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.http.provider.Conversation;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.json.CacheMarks;
import io.github.fallbackai.client.http.provider.json.ConversationEncoder;
import io.github.fallbackai.client.http.provider.json.Files;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages of a conversation.
 */
final class MessageEncoder extends ConversationEncoder {

	private final AssistantEncoder assistant;

	private final boolean cacheMarks;

	private final ArrayNode messages = ProviderJson.MAPPER.createArrayNode();

	/**
	 * Creates an encoder.
	 * @param endpoint the endpoint that the messages are for
	 */
	MessageEncoder(Endpoint endpoint) {
		this.assistant = new AssistantEncoder(endpoint);
		this.cacheMarks = MarkedServers.include(endpoint);
	}

	ArrayNode encode(Conversation conversation) {
		write(conversation);
		return this.messages;
	}

	@Override
	protected void system(SystemMessage message) {
		content(message.parts(), message("system"));
	}

	@Override
	protected void user(UserMessage message) {
		content(message.parts(), message("user"));
	}

	@Override
	protected void assistant(AssistantMessage message) {
		this.assistant.encode(message, message("assistant"));
	}

	@Override
	protected void toolResult(ToolResultMessage result) {
		content(List.of(new TextPart(result.content()).withCacheControl(result.cacheControl())),
				message("tool").put("tool_call_id", result.toolCallId()));
	}

	private ObjectNode message(String role) {
		return this.messages.addObject().put("role", role);
	}

	private void content(List<? extends ContentPart> parts, ObjectNode object) {
		if (parts.size() == 1 && parts.get(0) instanceof TextPart only && mark(only) == null) {
			// Many compatible servers understand only this form.
			object.put("content", only.text());
			return;
		}
		ArrayNode content = object.putArray("content");
		for (ContentPart part : parts) {
			ObjectNode written = content.addObject();
			if (part instanceof TextPart text) {
				written.put("type", "text").put("text", text.text());
			}
			else if (part instanceof ImagePart image) {
				ObjectNode link = written.put("type", "image_url").putObject("image_url").put("url", image.address());
				detail(image.detail(), link);
			}
			else if (part instanceof FilePart file) {
				written.put("type", "file")
					.putObject("file")
					.put("filename", Files.name(file))
					.put("file_data", file.address());
			}
			CacheMarks.add(mark(part), written);
		}
	}

	/** Servers know fewer words than the Responses API, and some not even the default. */
	private static void detail(@Nullable String detail, ObjectNode link) {
		if (detail != null && !detail.equals("auto")) {
			link.put("detail", detail.equals("original") ? "high" : detail);
		}
	}

	private @Nullable CacheControl mark(ContentPart part) {
		return this.cacheMarks ? part.cacheControl() : null;
	}

}
