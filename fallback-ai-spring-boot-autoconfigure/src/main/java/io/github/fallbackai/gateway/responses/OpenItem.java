// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.TextFrame;

/**
 * An item of the output to which more may come.
 */
abstract class OpenItem {

	private final Events events;

	private final String id;

	private final int place;

	OpenItem(Events events, String id, int place) {
		this.events = events;
		this.id = id;
		this.place = place;
	}

	String id() {
		return this.id;
	}

	int place() {
		return this.place;
	}

	/** Tells that the item begins. */
	void begin() {
		send("response.output_item.added", item("in_progress"), "item");
	}

	/**
	 * Ends the item.
	 * @param status {@code completed}, or {@code incomplete} if the answer was cut
	 * @return the whole item
	 */
	ObjectNode end(String status) {
		endParts();
		ObjectNode whole = item(status);
		send("response.output_item.done", whole, "item");
		return whole;
	}

	private void send(String type, ObjectNode item, String member) {
		ObjectNode event = GatewayJson.object().put("output_index", this.place);
		event.set(member, item);
		this.events.send(type, event);
	}

	/** Tells something about a part of the item. */
	void tell(String type, ObjectNode members) {
		this.events.send(type, placed(members));
	}

	/**
	 * Tells one of several things that differ in a text.
	 * @param type the type of the events
	 * @param members what they say
	 * @param text the text of this one
	 */
	void tell(String type, TextFrame members, String text) {
		this.events.send(type, members, text);
	}

	/** What is told about a part of the item, except for a text. */
	TextFrame told(Function<String, ObjectNode> members) {
		return TextFrame.of((text) -> GatewayJson.text(placed(members.apply(text))).substring(1));
	}

	private ObjectNode placed(ObjectNode members) {
		return GatewayJson.object().put("item_id", this.id).put("output_index", this.place).setAll(members);
	}

	/** Ends what is open within the item. */
	abstract void endParts();

	/** The item as it is now. */
	abstract ObjectNode item(String status);

}
