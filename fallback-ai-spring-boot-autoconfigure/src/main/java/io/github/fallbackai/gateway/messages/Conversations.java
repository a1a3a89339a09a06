// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;

/**
 * Reads the instructions and the messages, for every provider, and keeps them for
 * endpoints of this API. Belongs to one request.
 */
final class Conversations {

	/** The extra parameter that holds them. */
	static final String ORIGINALS = "original_messages";

	/** Above the longest conversations of agents. */
	private static final int MESSAGES = 10_000;

	private final ChatRequestBuilder chat;

	private final Needs needs;

	private final TextBudget texts;

	/** One element for each message of the request. */
	private final ArrayNode originals = GatewayJson.object().putArray("messages");

	Conversations(ChatRequestBuilder chat, Needs needs, TextBudget texts) {
		this.chat = chat;
		this.needs = needs;
		this.texts = texts;
	}

	void read(RequestField system, RequestField messages) {
		if (!system.absent()) {
			this.chat.message(system(system));
			this.originals.addObject();
		}
		if (messages.absent()) {
			// Says that it is missing.
			messages.text();
		}
		if (messages.elements().isEmpty()) {
			throw messages.invalid("at least one message");
		}
		messages.elements(MESSAGES).forEach(this::message);
		this.chat.extra(BlockState.ANTHROPIC, ORIGINALS, this.originals);
	}

	private void message(RequestField message) {
		message.object();
		RequestField role = message.get("role");
		RequestField content = message.get("content");
		switch (role.text()) {
			case "user" -> {
				List<ChatMessage> said = UserMessages.read(content, this.needs);
				this.chat.messages(said);
				this.originals.add(message.value());
				said.subList(1, said.size()).forEach((further) -> this.originals.addObject());
			}
			case "assistant" -> {
				AssistantMessage said = AssistantBlocks.read(content, this.needs);
				this.texts.takeState(said);
				this.chat.message(said);
				this.originals.addNull();
			}
			case "system" -> {
				this.chat.message(system(content));
				this.originals.add(message.value());
			}
			default -> throw role.invalid("'user', 'assistant' or 'system'");
		}
	}

	private SystemMessage system(RequestField content) {
		if (!content.isArray()) {
			return ChatMessage.system(content.text());
		}
		List<TextPart> parts = new ArrayList<>();
		for (RequestField block : content.elements(ContentBlocks.BLOCKS)) {
			block.object();
			if (!block.get("type").text().equals("text")) {
				throw block.get("type").invalid("'text'");
			}
			this.needs.unknownMembers(block, AssistantBlocks.OF_TEXTS, "system.");
			parts.add(new TextPart(block.get("text").text()).withCacheControl(CacheMarks.of(block)));
		}
		SystemMessage message = new SystemMessage(parts);
		boolean marked = parts.stream().anyMatch((part) -> part.cacheControl() != null);
		return marked ? message : ChatMessage.system(message.text());
	}

}
