// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a provider notes about a text. Clients know a few kinds of notes only.
 */
final class Notes {

	private Notes() {
	}

	/** A source in the web, or {@code null} for a note of another kind. */
	static @Nullable ObjectNode of(Annotation annotation) {
		if (annotation.url() == null) {
			return null;
		}
		JsonNode given = GatewayJson.value(annotation.json());
		JsonNode outer = (given != null) ? given : GatewayJson.object();
		JsonNode details = outer.path(annotation.type()).isObject() ? outer.path(annotation.type()) : outer;
		return GatewayJson.object()
			.put("type", "url_citation")
			.put("url", annotation.url())
			.put("title", Objects.requireNonNullElse(annotation.title(), ""))
			.put("start_index", details.path("start_index").asInt())
			.put("end_index", details.path("end_index").asInt());
	}

}
