// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.TextFrame;
import org.jspecify.annotations.Nullable;

/**
 * Something that the model says: a text, a refusal, or first one and then the other.
 */
final class OpenMessage extends OpenItem {

	private final ArrayNode content = GatewayJson.object().putArray("content");

	private final StringBuilder text = new StringBuilder();

	private ArrayNode notes = GatewayJson.object().putArray("annotations");

	private ObjectNode further = GatewayJson.object();

	private boolean refusal;

	private boolean open;

	/** How the open part goes on, once it has. */
	private @Nullable TextFrame delta;

	OpenMessage(Events events, String id, int place) {
		super(events, id, place);
	}

	void add(String more, boolean refuses) {
		if (this.open && this.refusal != refuses) {
			endParts();
		}
		if (!this.open) {
			this.open = true;
			this.refusal = refuses;
			this.delta = null;
			ObjectNode added = index();
			added.set("part", part());
			tell("response.content_part.added", added);
		}
		this.text.append(more);
		TextFrame delta = this.delta;
		if (delta == null) {
			delta = told(this::delta);
			this.delta = delta;
		}
		tell(type("delta"), delta, more);
	}

	private ObjectNode delta(String more) {
		ObjectNode delta = index().put("delta", more);
		if (!this.refusal) {
			delta.putArray("logprobs");
		}
		return delta;
	}

	/** Adds a note about the text, which a refusal has not. */
	void add(ObjectNode note) {
		if (this.open && !this.refusal) {
			ObjectNode added = index().put("annotation_index", this.notes.size());
			added.set("annotation", note);
			this.notes.add(note);
			tell("response.output_text.annotation.added", added);
		}
	}

	/** Members that only this API has, such as the phase of the answer. */
	void become(ObjectNode members) {
		this.further = members;
	}

	@Override
	void endParts() {
		if (!this.open) {
			return;
		}
		ObjectNode done = index().put(this.refusal ? "refusal" : "text", this.text.toString());
		if (!this.refusal) {
			done.putArray("logprobs");
		}
		tell(type("done"), done);
		ObjectNode part = part();
		ObjectNode ended = index();
		ended.set("part", part);
		tell("response.content_part.done", ended);
		this.content.add(part);
		this.text.setLength(0);
		this.notes = GatewayJson.object().putArray("annotations");
		this.open = false;
	}

	@Override
	ObjectNode item(String status) {
		ObjectNode item = GatewayJson.object()
			.put("id", id())
			.put("type", "message")
			.put("status", status)
			.put("role", "assistant");
		this.further.properties().forEach((member) -> item.putIfAbsent(member.getKey(), member.getValue()));
		ArrayNode all = item.putArray("content").addAll(this.content);
		if (this.open) {
			all.add(part());
		}
		return item;
	}

	private String type(String end) {
		return (this.refusal ? "response.refusal." : "response.output_text.") + end;
	}

	private ObjectNode index() {
		return GatewayJson.object().put("content_index", this.content.size());
	}

	private ObjectNode part() {
		if (this.refusal) {
			return GatewayJson.object().put("type", "refusal").put("refusal", this.text.toString());
		}
		ObjectNode part = GatewayJson.object().put("type", "output_text");
		part.set("annotations", this.notes);
		part.putArray("logprobs");
		return part.put("text", this.text.toString());
	}

}
