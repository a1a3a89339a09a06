// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.RequestField;

/**
 * Reads a message of the user: the results of tools, each of which is a message of its
 * own for other providers, and everything else. They take no images within results, so
 * these follow. Belongs to one message.
 */
final class UserMessages {

	private static final String ERROR = "Error: ";

	private final Needs needs;

	private final List<ChatMessage> results = new ArrayList<>();

	private final List<ContentPart> parts = new ArrayList<>();

	private UserMessages(Needs needs) {
		this.needs = needs;
	}

	/**
	 * Reads a message.
	 * @param content its content
	 * @param needs is told if other providers cannot get it
	 * @return at least one message
	 */
	static List<ChatMessage> read(RequestField content, Needs needs) {
		if (!content.isArray()) {
			return List.of(ChatMessage.user(content.text()));
		}
		UserMessages messages = new UserMessages(needs);
		content.elements(ContentBlocks.BLOCKS).forEach(messages::add);
		return messages.all();
	}

	private void add(RequestField block) {
		block.object();
		if (block.get("type").text().equals("tool_result")) {
			result(block);
		}
		else {
			this.parts.addAll(ContentBlocks.read(block, this.needs));
		}
	}

	private void result(RequestField block) {
		String id = block.get("tool_use_id").text();
		StringBuilder text = new StringBuilder();
		RequestField content = block.get("content");
		if (content.isArray()) {
			content.elements(ContentBlocks.BLOCKS).forEach((inner) -> inner(inner, text));
		}
		else {
			text.append(content.text(""));
		}
		if (block.get("is_error").flag(false) && !text.toString().regionMatches(true, 0, ERROR, 0, 5)) {
			text.insert(0, ERROR);
		}
		this.results.add(new ToolResultMessage(id, text.toString()).withCacheControl(CacheMarks.of(block)));
	}

	private void inner(RequestField block, StringBuilder text) {
		block.object();
		for (ContentPart part : ContentBlocks.read(block, this.needs)) {
			if (!text.isEmpty()) {
				text.append('\n');
			}
			if (part instanceof TextPart said) {
				text.append(said.text());
			}
			else {
				this.parts.add(part);
				text.append("(The file follows the results.)");
			}
		}
	}

	private List<ChatMessage> all() {
		List<ChatMessage> all = new ArrayList<>(this.results);
		if (!this.parts.isEmpty()) {
			all.add(new UserMessage(this.parts));
		}
		return all.isEmpty() ? List.of(ChatMessage.user("")) : all;
	}

}
