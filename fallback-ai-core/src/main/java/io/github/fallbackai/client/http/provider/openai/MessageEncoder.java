package io.github.fallbackai.client.http.provider.openai;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages of a conversation.
 */
final class MessageEncoder {

	private final AssistantEncoder assistant;

	private final boolean cacheMarks;

	/**
	 * Creates an encoder.
	 * @param endpoint the endpoint that the messages are for
	 */
	MessageEncoder(Endpoint endpoint) {
		this.assistant = new AssistantEncoder(endpoint);
		this.cacheMarks = CacheMarks.knownTo(endpoint);
	}

	ArrayNode encode(List<ChatMessage> messages) {
		ArrayNode array = ProviderJson.MAPPER.createArrayNode();
		messages.forEach((message) -> encode(message, array.addObject()));
		return array;
	}

	private void encode(ChatMessage message, ObjectNode object) {
		if (message instanceof SystemMessage system) {
			content(system.parts(), object.put("role", "system"));
		}
		else if (message instanceof UserMessage user) {
			content(user.parts(), object.put("role", "user"));
		}
		else if (message instanceof AssistantMessage said) {
			this.assistant.encode(said, object.put("role", "assistant"));
		}
		else if (message instanceof ToolResultMessage result) {
			object.put("role", "tool").put("tool_call_id", result.toolCallId());
			content(List.of(new TextPart(result.content()).withCacheControl(result.cacheControl())), object);
		}
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
				written.put("type", "image_url").putObject("image_url").put("url", image.uri().toString());
			}
			CacheControl mark = mark(part);
			if (mark != null) {
				written.set("cache_control", ProviderJson.object("cache control", mark.json()));
			}
		}
	}

	private @Nullable CacheControl mark(ContentPart part) {
		return this.cacheMarks ? part.cacheControl() : null;
	}

}
