// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Cuts a content block of Anthropic's into the events in which it is streamed.
 */
public final class AnthropicDeltas {

	private AnthropicDeltas() {
	}

	public static List<ObjectNode> of(ObjectNode block, int index) {
		List<ObjectNode> events = new ArrayList<>();
		ObjectNode start = block.deepCopy();
		String type = block.path("type").asText();
		switch (type) {
			case "text" -> start.put("text", "");
			case "thinking" -> start.put("thinking", "").put("signature", "");
			case "tool_use", "server_tool_use" -> start.putObject("input");
			default -> {
			}
		}
		events.add(event("content_block_start", index).set("content_block", start));
		switch (type) {
			case "text" -> deltas("text_delta", "text", block.path("text").asText(), index, events);
			case "thinking" -> {
				deltas("thinking_delta", "thinking", block.path("thinking").asText(), index, events);
				deltas("signature_delta", "signature", block.path("signature").asText(), index, events);
			}
			case "tool_use", "server_tool_use" ->
				deltas("input_json_delta", "partial_json", block.path("input").toString(), index, events);
			default -> {
			}
		}
		events.add(event("content_block_stop", index));
		return events;
	}

	private static void deltas(String type, String member, String text, int index, List<ObjectNode> events) {
		for (String piece : OpenAiDeltas.pieces(text)) {
			ObjectNode event = event("content_block_delta", index);
			event.putObject("delta").put("type", type).put(member, piece);
			events.add(event);
		}
	}

	private static ObjectNode event(String type, int index) {
		return ProviderJson.MAPPER.createObjectNode().put("type", type).put("index", index);
	}

}
