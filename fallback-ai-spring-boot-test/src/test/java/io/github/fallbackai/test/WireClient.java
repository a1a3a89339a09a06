// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Json;

/**
 * What the clients of the formats have to know.
 */
enum WireClient {

	OPENAI("/chat/completions", "/chat/completions", "/choices/0/message/content", "/choices/0/delta/content",
			"length"),

	AZURE("/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21",
			"/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21", "/choices/0/message/content",
			"/choices/0/delta/content", "length"),

	ANTHROPIC("/messages", "/messages", "/content/0/text", "/delta/text", "max_tokens"),

	RESPONSES("/responses", "/responses", "/output/0/content/0/text", "/delta", "max_output_tokens"),

	GEMINI("/models/gpt-4o:generateContent", "/models/gpt-4o:streamGenerateContent?alt=sse",
			"/candidates/0/content/parts/0/text", "/candidates/0/content/parts/0/text", "MAX_TOKENS");

	private final String documentPath;

	private final String streamPath;

	private final String documentText;

	private final String deltaText;

	private final String lengthReason;

	WireClient(String documentPath, String streamPath, String documentText, String deltaText, String lengthReason) {
		this.documentPath = documentPath;
		this.streamPath = streamPath;
		this.documentText = documentText;
		this.deltaText = deltaText;
		this.lengthReason = lengthReason;
	}

	String path(boolean stream) {
		return stream ? this.streamPath : this.documentPath;
	}

	String lengthReason() {
		return this.lengthReason;
	}

	/**
	 * Returns a request with messages of the user and the model in turns.
	 */
	String request(boolean stream, String... messages) {
		ObjectNode body = Json.object();
		if (this == GEMINI) {
			ArrayNode contents = body.putArray("contents");
			for (int i = 0; i < messages.length; i++) {
				ObjectNode content = contents.addObject().put("role", (i % 2 == 0) ? "user" : "model");
				content.putArray("parts").addObject().put("text", messages[i]);
			}
			return body.toString();
		}
		body.put("model", "gpt-4o").put("stream", stream).put("max_tokens", 1000);
		ArrayNode list = body.putArray((this == RESPONSES) ? "input" : "messages");
		for (int i = 0; i < messages.length; i++) {
			list.addObject().put("role", (i % 2 == 0) ? "user" : "assistant").put("content", messages[i]);
		}
		return body.toString();
	}

	String text(JsonNode document) {
		return document.at(this.documentText).asText("");
	}

	String text(List<JsonNode> events) {
		StringBuilder text = new StringBuilder();
		events.forEach((event) -> text.append(event.at(this.deltaText).asText("")));
		return text.toString();
	}

}
