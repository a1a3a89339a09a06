// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;
import io.github.fallbackai.gateway.state.StateToken;

/**
 * Reads one message of a request.
 */
final class MessageDecoder {

	private static final int PARTS = 10_000;

	private final TextBudget texts;

	private final MessageMembers members;

	MessageDecoder(TextBudget texts, MessageMembers members) {
		this.texts = texts;
		this.members = members;
	}

	DecodedMessage decode(RequestField message) {
		message.object();
		String role = message.get("role").text();
		ObjectNode original = GatewayJson.object();
		if (!message.get("name").absent()) {
			original.put("name", message.get("name").text());
		}
		// The gateway writes members that only the provider knows, and a token of them
		// all.
		this.members.of(message.value(), original, message.get(StateToken.MEMBER).isText());
		this.texts.take(original);
		return switch (role) {
			case "system", "developer" -> text(system(message), message, original);
			case "user" -> user(message, original);
			case "assistant" -> {
				this.members.ofCalls(message.value().path("tool_calls"));
				yield text(AssistantDecoder.decode(message, this.texts), message, original);
			}
			case "tool" -> text(tool(message), message, original);
			case "function" -> throw message.get("role").unsupported("use tools and messages of the role 'tool'");
			default -> throw message.get("role").invalid("'system', 'developer', 'user', 'assistant' or 'tool'");
		};
	}

	private DecodedMessage text(ChatMessage decoded, RequestField message, ObjectNode original) {
		JsonNode unchanged = CacheMarks.without(message.get("content").value());
		if (unchanged.isArray() && this.members.ofContent(unchanged)) {
			original.set("content", unchanged);
		}
		return new DecodedMessage(decoded, original, false);
	}

	private static SystemMessage system(RequestField message) {
		RequestField content = message.get("content");
		if (!content.isArray()) {
			return system(List.of(new TextPart(content.text()).withCacheControl(CacheMarks.of(message))));
		}
		List<TextPart> parts = new ArrayList<>();
		for (RequestField part : content.elements(PARTS)) {
			parts.add(new TextPart(text(part, new StringBuilder())).withCacheControl(CacheMarks.of(part)));
		}
		return system(parts);
	}

	private static SystemMessage system(List<TextPart> parts) {
		SystemMessage message = new SystemMessage(parts);
		boolean marked = parts.stream().anyMatch((part) -> part.cacheControl() != null);
		return marked ? message : ChatMessage.system(message.text());
	}

	private static ToolResultMessage tool(RequestField message) {
		RequestField content = message.get("content");
		CacheControl mark = CacheMarks.of(message);
		if (mark == null && content.isArray() && !content.elements().isEmpty()) {
			mark = CacheMarks.of(content.elements().get(content.elements().size() - 1));
		}
		return new ToolResultMessage(message.get("tool_call_id").text(), text(content)).withCacheControl(mark);
	}

	private DecodedMessage user(RequestField message, ObjectNode original) {
		RequestField content = message.get("content");
		if (!content.isArray()) {
			TextPart text = new TextPart(content.text()).withCacheControl(CacheMarks.of(message));
			return new DecodedMessage(new UserMessage(List.of(text)), original, false);
		}
		ContentParts parts = ContentParts.of(content);
		JsonNode unchanged = CacheMarks.without(content.value());
		if (this.members.ofContent(unchanged) || parts.openAiOnly()) {
			original.set("content", unchanged);
		}
		return new DecodedMessage(new UserMessage(parts.parts()), original, parts.openAiOnly());
	}

	/** A text, in one piece or in parts. */
	private static String text(RequestField content) {
		if (!content.isArray()) {
			return content.text();
		}
		StringBuilder text = new StringBuilder();
		content.elements(PARTS).forEach((part) -> text(part, text));
		return text.toString();
	}

	private static String text(RequestField part, StringBuilder text) {
		switch (part.get("type").text()) {
			case "text" -> text.append(part.get("text").text());
			case "refusal" -> text.append(part.get("refusal").text());
			default -> throw part.get("type").invalid("'text'");
		}
		return text.toString();
	}

}
