// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.TextFrame;
import org.jspecify.annotations.Nullable;

/**
 * Something that the model thinks. Its text is one summary.
 */
final class OpenThought extends OpenItem {

	private final StringBuilder text = new StringBuilder();

	private @Nullable TextFrame delta;

	private boolean ended;

	OpenThought(Events events, String id, int place) {
		super(events, id, place);
	}

	void add(String more) {
		if (this.text.isEmpty()) {
			tell("response.reasoning_summary_part.added", part(""));
		}
		this.text.append(more);
		TextFrame delta = this.delta;
		if (delta == null) {
			delta = told((text) -> index().put("delta", text));
			this.delta = delta;
		}
		tell("response.reasoning_summary_text.delta", delta, more);
	}

	@Override
	void endParts() {
		if (!this.text.isEmpty()) {
			tell("response.reasoning_summary_text.done", index().put("text", this.text.toString()));
			tell("response.reasoning_summary_part.done", part(this.text.toString()));
		}
		this.ended = true;
	}

	@Override
	ObjectNode item(String status) {
		ObjectNode item = GatewayJson.object().put("id", id()).put("type", "reasoning");
		item.putArray("summary");
		if (!this.text.isEmpty()) {
			item.withArray("summary").add(summary(this.text.toString()));
		}
		return this.ended ? item : item.put("status", status);
	}

	private static ObjectNode index() {
		return GatewayJson.object().put("summary_index", 0);
	}

	private static ObjectNode part(String text) {
		ObjectNode members = index();
		members.set("part", summary(text));
		return members;
	}

	private static ObjectNode summary(String text) {
		return GatewayJson.object().put("type", "summary_text").put("text", text);
	}

}
