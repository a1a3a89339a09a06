// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a provider notes about a text. Clients know a few kinds of notes only.
 */
final class Notes {

	private static final String TYPE = "type";

	/** Only endpoints of this API have these, so they are as its clients know them. */
	private static final Set<String> FILES = Set.of("file_citation", "container_file_citation", "file_path");

	private Notes() {
	}

	/**
	 * A source in the web or in a file.
	 * @return the note, {@code null} if it is of a kind that clients do not know
	 */
	static @Nullable ObjectNode of(Annotation annotation) {
		JsonNode given = GatewayJson.value(annotation.json());
		ObjectNode outer = (given instanceof ObjectNode object) ? object : GatewayJson.object();
		if (FILES.contains(annotation.type())) {
			return outer;
		}
		if (annotation.url() == null) {
			return null;
		}
		JsonNode details = outer.path(annotation.type()).isObject() ? outer.path(annotation.type()) : outer;
		return GatewayJson.object()
			.put(TYPE, "url_citation")
			.put("url", annotation.url())
			.put("title", Objects.requireNonNullElse(annotation.title(), ""))
			.put("start_index", details.path("start_index").asInt())
			.put("end_index", details.path("end_index").asInt());
	}

	/** Adds a note to the last text of an answer in one piece. */
	static void amend(ArrayNode items, ObjectNode note) {
		for (int place = items.size() - 1; place >= 0; place--) {
			JsonNode content = items.path(place).path("content");
			JsonNode last = content.path(content.size() - 1);
			if (last.path(TYPE).asText().equals("output_text") && last.path("annotations") instanceof ArrayNode notes) {
				notes.add(note);
				return;
			}
		}
	}

}
