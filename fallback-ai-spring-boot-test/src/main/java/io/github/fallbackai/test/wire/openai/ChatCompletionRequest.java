// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.openai;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.fallbackai.test.wire.Message;
import io.github.fallbackai.test.wire.Prompt;

/**
 * Reads the body of a Chat Completions request.
 */
final class ChatCompletionRequest {

	private ChatCompletionRequest() {
	}

	static Prompt read(JsonNode body) {
		JsonNode messages = body.path("messages");
		if (!messages.isArray() || messages.isEmpty()) {
			throw new IllegalArgumentException("Missing required parameter: 'messages'.");
		}
		List<Message> conversation = new ArrayList<>();
		messages.forEach((message) -> conversation.add(message(message)));
		boolean usage = body.path("stream_options").path("include_usage").asBoolean();
		return new Prompt(body.path("model").asText(), body.path("stream").asBoolean(), usage, conversation);
	}

	private static Message message(JsonNode message) {
		String role = message.path("role").asText();
		return Message.of(role.equals("developer") ? "system" : role, message.path("content"));
	}

}
