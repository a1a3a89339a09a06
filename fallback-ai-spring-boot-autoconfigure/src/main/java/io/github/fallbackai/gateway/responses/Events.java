// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.TextFrame;

/**
 * Writes the events of one stream, and numbers them. Used by one signal at a time.
 */
final class Events {

	private final boolean streamed;

	private final StringBuilder frames = new StringBuilder();

	private int next;

	/**
	 * Creates a writer.
	 * @param streamed whether anything is written at all
	 */
	Events(boolean streamed) {
		this.streamed = streamed;
	}

	/**
	 * Writes an event.
	 * @param type its type
	 * @param members what it says besides type and number; may be changed
	 */
	void send(String type, ObjectNode members) {
		if (!this.streamed) {
			return;
		}
		ObjectNode event = GatewayJson.object().put("type", type).put("sequence_number", this.next++);
		event.setAll(members);
		this.frames.append("event: ").append(type).append("\ndata: ").append(GatewayJson.text(event)).append("\n\n");
	}

	/**
	 * Writes one of several events that differ in a text.
	 * @param type their type
	 * @param members what they say besides type and number, without the brace before it
	 * @param text the text of this one
	 */
	void send(String type, TextFrame members, String text) {
		if (!this.streamed) {
			return;
		}
		this.frames.append("event: ")
			.append(type)
			.append("\ndata: {\"type\":\"")
			.append(type)
			.append("\",\"sequence_number\":")
			.append(this.next++)
			.append(',');
		members.write(text, this.frames);
		this.frames.append("\n\n");
	}

	/**
	 * Whether an item may change after its end, because the client has not read it yet.
	 */
	boolean amends() {
		return !this.streamed;
	}

	/** Nothing comes after this. The Open Responses specification requires the mark. */
	void end() {
		this.frames.append("data: [DONE]\n\n");
	}

	/** What was written since the last time. */
	String take() {
		String taken = this.frames.toString();
		this.frames.setLength(0);
		return taken;
	}

}
