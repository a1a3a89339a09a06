// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Cuts an assistant message of chat completions into the deltas in which servers stream
 * it.
 */
public final class OpenAiDeltas {

	private OpenAiDeltas() {
	}

	public static List<ObjectNode> of(ObjectNode message) {
		List<ObjectNode> deltas = new ArrayList<>();
		deltas.add(object().put("role", "assistant").put("content", ""));
		for (Map.Entry<String, JsonNode> member : message.properties()) {
			String name = member.getKey();
			JsonNode value = member.getValue();
			switch (name) {
				case "role" -> {
				}
				case "content" -> content(value, deltas);
				case "reasoning", "reasoning_content" ->
					pieces(value.asText()).forEach((piece) -> deltas.add(object().put(name, piece)));
				case "reasoning_details" -> value.forEach((detail) -> details((ObjectNode) detail, deltas));
				case "tool_calls" -> toolCalls(value, deltas);
				default -> deltas.add(object().set(name, value));
			}
		}
		return deltas;
	}

	private static void content(JsonNode content, List<ObjectNode> deltas) {
		if (!content.isArray()) {
			pieces(content.asText("")).forEach((piece) -> deltas.add(object().put("content", piece)));
			return;
		}
		for (JsonNode part : content) {
			boolean thought = part.has("thinking");
			String text = thought ? part.at("/thinking/0/text").asText() : part.path("text").asText();
			for (String piece : pieces(text)) {
				ObjectNode chunk = part.deepCopy();
				if (thought) {
					((ObjectNode) chunk.at("/thinking/0")).put("text", piece);
				}
				else {
					chunk.put("text", piece);
				}
				ObjectNode delta = object();
				delta.putArray("content").add(chunk);
				deltas.add(delta);
			}
		}
	}

	/** The type comes with each piece, a signature with the last one only. */
	private static void details(ObjectNode detail, List<ObjectNode> deltas) {
		String growing = detail.has("text") ? "text" : "data";
		List<String> pieces = pieces(detail.path(growing).asText());
		for (int i = 0; i < pieces.size(); i++) {
			ObjectNode piece = object();
			for (Map.Entry<String, JsonNode> member : detail.properties()) {
				if (i == pieces.size() - 1 || !member.getKey().equals("signature")) {
					piece.set(member.getKey(), member.getValue());
				}
			}
			ObjectNode delta = object();
			delta.putArray("reasoning_details").add(piece.put(growing, pieces.get(i)));
			deltas.add(delta);
		}
	}

	private static void toolCalls(JsonNode calls, List<ObjectNode> deltas) {
		for (int index = 0; index < calls.size(); index++) {
			ObjectNode start = calls.get(index).deepCopy();
			String arguments = start.path("function").path("arguments").asText();
			((ObjectNode) start.path("function")).put("arguments", "");
			deltas.add(call(start.put("index", index)));
			for (String piece : pieces(arguments)) {
				ObjectNode more = object().put("index", index);
				more.putObject("function").put("arguments", piece);
				deltas.add(call(more));
			}
		}
	}

	private static ObjectNode call(ObjectNode fragment) {
		ObjectNode delta = object();
		delta.putArray("tool_calls").add(fragment);
		return delta;
	}

	/** Three pieces, the first two often equal in length. */
	static List<String> pieces(String text) {
		int third = text.length() / 3;
		List<String> pieces = new ArrayList<>();
		for (String piece : List.of(text.substring(0, third), text.substring(third, 2 * third),
				text.substring(2 * third))) {
			if (!piece.isEmpty()) {
				pieces.add(piece);
			}
		}
		return pieces;
	}

	private static ObjectNode object() {
		return ProviderJson.MAPPER.createObjectNode();
	}

}
