// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.CacheControl;
import org.jspecify.annotations.Nullable;

/**
 * Marks for the prompt cache, as clients of OpenRouter, LiteLLM and others write them.
 */
public final class CacheMarks {

	private static final String MEMBER = "cache_control";

	private static final int LONGEST = 200;

	private CacheMarks() {
	}

	/** The mark of a part, a message or a tool, {@code null} if it has none. */
	public static @Nullable CacheControl of(RequestField holder) {
		RequestField mark = holder.get(MEMBER);
		if (mark.absent()) {
			return null;
		}
		String json = GatewayJson.text(mark.object());
		if (json.length() > LONGEST) {
			throw mark.invalid("a type and a duration");
		}
		return new CacheControl(json);
	}

	/** A copy without marks, for servers that may not know them. */
	public static JsonNode without(JsonNode value) {
		JsonNode copy = value.deepCopy();
		remove(copy);
		return copy;
	}

	private static void remove(JsonNode value) {
		for (JsonNode element : value) {
			if (element instanceof ObjectNode object) {
				object.remove(MEMBER);
				if (object.path("function") instanceof ObjectNode function) {
					function.remove(MEMBER);
				}
			}
		}
	}

}
