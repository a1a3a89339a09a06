// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.anthropic;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.fallbackai.test.wire.Message;
import io.github.fallbackai.test.wire.Prompt;
import io.github.fallbackai.test.wire.PromptBlock;

/**
 * Reads the body of a Messages request.
 */
final class MessagesRequest {

	private MessagesRequest() {
	}

	static Prompt read(JsonNode body) {
		require(!body.path("messages").isEmpty(), "messages");
		require(body.path("max_tokens").isInt(), "max_tokens");
		List<Message> conversation = new ArrayList<>();
		if (body.has("system")) {
			conversation.add(Message.of("system", body.path("system")));
		}
		body.path("messages").forEach((message) -> conversation.add(message(message)));
		return new Prompt(body.path("model").asText(), body.path("stream").asBoolean(), true, conversation);
	}

	static List<PromptBlock> blocks(JsonNode body) {
		List<PromptBlock> blocks = new ArrayList<>();
		body.path("tools").forEach((tool) -> blocks.add(PromptBlock.marked(tool)));
		PromptBlock.elements(body.path("system")).forEach((block) -> blocks.add(PromptBlock.marked(block)));
		for (JsonNode message : body.path("messages")) {
			String role = message.path("role").asText();
			for (JsonNode content : PromptBlock.elements(message.path("content"))) {
				PromptBlock block = PromptBlock.marked(content);
				blocks.add(new PromptBlock(role + ' ' + block.text(), block.end()));
			}
		}
		return blocks;
	}

	private static void require(boolean present, String field) {
		if (!present) {
			throw new IllegalArgumentException(field + ": Field required");
		}
	}

	private static Message message(JsonNode message) {
		JsonNode content = message.path("content");
		boolean toolResult = content.path(0).path("type").asText().equals("tool_result");
		return Message.of(toolResult ? "tool" : message.path("role").asText(), content);
	}

}
