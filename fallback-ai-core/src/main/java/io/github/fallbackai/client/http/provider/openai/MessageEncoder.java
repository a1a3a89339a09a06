package io.github.fallbackai.client.http.provider.openai;

import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Writes the messages of a conversation.
 */
final class MessageEncoder {

	private final UnaryOperator<String> toolCallIds;

	/**
	 * Creates an encoder.
	 * @param toolCallIds makes ids of tool calls, which may come from another provider,
	 * acceptable to this one
	 */
	MessageEncoder(UnaryOperator<String> toolCallIds) {
		this.toolCallIds = toolCallIds;
	}

	ArrayNode encode(List<ChatMessage> messages) {
		ArrayNode array = ProviderJson.MAPPER.createArrayNode();
		messages.forEach((message) -> encode(message, array.addObject()));
		return array;
	}

	private void encode(ChatMessage message, ObjectNode object) {
		if (message instanceof SystemMessage system) {
			object.put("role", "system").put("content", system.text());
		}
		else if (message instanceof UserMessage user) {
			user(user.parts(), object.put("role", "user"));
		}
		else if (message instanceof AssistantMessage assistant) {
			assistant(assistant, object.put("role", "assistant"));
		}
		else if (message instanceof ToolResultMessage result) {
			object.put("role", "tool")
				.put("tool_call_id", this.toolCallIds.apply(result.toolCallId()))
				.put("content", result.content());
		}
	}

	private static void user(List<ContentPart> parts, ObjectNode object) {
		if (parts.size() == 1 && parts.get(0) instanceof TextPart only) {
			// Many compatible servers understand only this form.
			object.put("content", only.text());
			return;
		}
		ArrayNode content = object.putArray("content");
		for (ContentPart part : parts) {
			if (part instanceof TextPart text) {
				content.addObject().put("type", "text").put("text", text.text());
			}
			else if (part instanceof ImagePart image) {
				content.addObject().put("type", "image_url").putObject("image_url").put("url", image.uri().toString());
			}
		}
	}

	private void assistant(AssistantMessage message, ObjectNode object) {
		if (message.toolCalls().isEmpty()) {
			object.put("content", message.text());
			return;
		}
		object.put("content", message.text().isEmpty() ? null : message.text());
		ArrayNode calls = object.putArray("tool_calls");
		for (ToolCall call : message.toolCalls()) {
			calls.addObject()
				.put("id", this.toolCallIds.apply(call.id()))
				.put("type", "function")
				.putObject("function")
				.put("name", call.name())
				.put("arguments", call.arguments());
		}
	}

}
