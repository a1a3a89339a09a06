package io.github.fallbackai.gateway;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.UserMessage;

/**
 * Reads one message of a request.
 */
final class MessageDecoder {

	private static final int TOOL_CALLS = 1000;

	private static final int PARTS = 10_000;

	private MessageDecoder() {
	}

	static DecodedMessage decode(RequestField message) {
		message.object();
		String role = message.get("role").text();
		ObjectNode original = GatewayJson.object();
		if (!message.get("name").absent()) {
			original.put("name", message.get("name").text());
		}
		return switch (role) {
			case "system", "developer" -> text(ChatMessage.system(text(message.get("content"))), original);
			case "user" -> user(message.get("content"), original);
			case "assistant" -> text(assistant(message), original);
			case "tool" -> text(
					ChatMessage.toolResult(message.get("tool_call_id").text(), text(message.get("content"))), original);
			case "function" -> throw message.get("role").unsupported("use tools and messages of the role 'tool'");
			default -> throw message.get("role").invalid("'system', 'developer', 'user', 'assistant' or 'tool'");
		};
	}

	private static DecodedMessage text(ChatMessage message, ObjectNode original) {
		return new DecodedMessage(message, original, false);
	}

	private static DecodedMessage user(RequestField content, ObjectNode original) {
		if (!content.isArray()) {
			return text(ChatMessage.user(content.text()), original);
		}
		ContentParts parts = ContentParts.of(content);
		if (parts.needsOriginal()) {
			original.set("content", content.value());
		}
		return new DecodedMessage(new UserMessage(parts.parts()), original, parts.openAiOnly());
	}

	private static AssistantMessage assistant(RequestField message) {
		if (!message.get("audio").absent()) {
			throw message.get("audio").unsupported("answers are text");
		}
		if (!message.get("function_call").absent()) {
			throw message.get("function_call").unsupported("use 'tool_calls'");
		}
		List<ToolCall> calls = new ArrayList<>();
		for (RequestField call : message.get("tool_calls").elements(TOOL_CALLS)) {
			calls.add(toolCall(call));
		}
		RequestField content = message.get("content");
		if (!content.absent()) {
			return new AssistantMessage(text(content), calls);
		}
		String refusal = message.get("refusal").text("");
		if (calls.isEmpty() && refusal.isEmpty()) {
			throw content.wrongType("a string, unless there are tool calls");
		}
		return new AssistantMessage(refusal, calls);
	}

	private static ToolCall toolCall(RequestField call) {
		RequestField type = call.get("type");
		if (!type.text("function").equals("function")) {
			throw type.unsupported("tools are functions");
		}
		RequestField function = call.get("function");
		return new ToolCall(call.get("id").text(), function.get("name").text(), function.get("arguments").text("{}"));
	}

	/** A text, in one piece or in parts. */
	private static String text(RequestField content) {
		if (!content.isArray()) {
			return content.text();
		}
		StringBuilder text = new StringBuilder();
		for (RequestField part : content.elements(PARTS)) {
			switch (part.get("type").text()) {
				case "text" -> text.append(part.get("text").text());
				case "refusal" -> text.append(part.get("refusal").text());
				default -> throw part.get("type").invalid("'text'");
			}
		}
		return text.toString();
	}

}
