// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.responses.names.ClientTool;
import org.jspecify.annotations.Nullable;

/**
 * The items of an answer, in the order in which the model made them. Belongs to one
 * answer.
 */
final class Output {

	private static final String COMPLETED = "completed";

	private final ResponseShape shape;

	private final Events events;

	private final ArrayNode items = GatewayJson.object().putArray("output");

	/** What an endpoint thinks that goes on with a message of another one. */
	private final StringBuilder lateThoughts = new StringBuilder();

	private final HostedItems hosted = new HostedItems(this.items);

	private @Nullable OpenMessage message;

	private @Nullable OpenThought thought;

	/** Whether nothing more belongs to the message. Its status may be the answer's. */
	private boolean messageEnded;

	private boolean continued;

	Output(ResponseShape shape, Events events) {
		this.shape = shape;
		this.events = events;
	}

	/** Another endpoint takes over. What is said stays one message, but not a thought. */
	void switched() {
		this.hosted.abandon();
		endThought(COMPLETED);
		endEndedMessage();
		this.continued = this.message != null;
	}

	void say(String text, boolean refusal) {
		endThought(COMPLETED);
		endEndedMessage();
		if (this.message == null) {
			this.message = new OpenMessage(this.events, id("msg"), this.items.size());
			this.message.begin();
		}
		this.message.add(text, refusal);
	}

	void note(Annotation annotation) {
		ObjectNode note = Notes.of(annotation);
		if (note == null) {
			return;
		}
		if (this.message != null) {
			this.message.add(note);
		}
		else if (this.events.amends()) {
			Notes.amend(this.items, note);
		}
	}

	/**
	 * A message ends as its model says, if the part is one of this API. If it is the last
	 * one, it may have been cut.
	 */
	void ended(AssistantPart part) {
		ObjectNode members = (part instanceof TextPart || part instanceof RefusalPart)
				? HostedItem.members(part.state()) : null;
		if (members != null && !members.has("item") && this.message != null && !this.messageEnded) {
			this.message.become(members);
			this.messageEnded = true;
		}
	}

	void think(String text) {
		endEndedMessage();
		if (this.continued && this.message != null) {
			this.lateThoughts.append(text);
			return;
		}
		endMessage(COMPLETED);
		if (this.thought == null) {
			this.thought = new OpenThought(this.events, id("rs"), this.items.size());
			this.thought.begin();
		}
		this.thought.add(text);
	}

	void call(ToolCall call) {
		end(COMPLETED);
		ClientTool tool = this.shape.names().forClient(call.name());
		CallItem item = new CallItem(this.events, id(tool.custom() ? "ctc" : "fc"), this.items.size(), call, tool);
		item.begin();
		this.items.add(item.end(COMPLETED));
	}

	/** Adds what a tool of the provider did. */
	void hosted(ObjectNode what) {
		begin("", what);
		this.hosted.end("", what);
	}

	private void begin(String place, ObjectNode item) {
		end(COMPLETED);
		String id = HostedItem.id(item, id("ht"));
		this.hosted.begin(place, new HostedItem(this.events, id, this.items.size(), item));
	}

	/**
	 * Passes on what only an endpoint of this API tells about an item.
	 * @param kind the kind of item
	 * @param place where the endpoint has it
	 * @param event what it tells
	 */
	void tell(String kind, String place, ObjectNode event) {
		String type = event.path("type").asText();
		boolean whole = event.path("item") instanceof ObjectNode;
		if (whole && this.hosted.at(place) == null && type.startsWith("response.output_item.")) {
			begin(place, (ObjectNode) event.path("item"));
		}
		if (type.equals("response.output_item.done") && whole) {
			this.hosted.end(place, (ObjectNode) event.path("item"));
		}
		else if (!type.startsWith("response.output_item.")) {
			OpenItem item = item(kind, place);
			if (item != null) {
				item.tell(type, HostedItems.said(event));
			}
		}
	}

	private @Nullable OpenItem item(String kind, String place) {
		return switch (kind) {
			case "message" -> (this.continued || this.messageEnded) ? null : this.message;
			case "reasoning" -> this.thought;
			default -> this.hosted.at(place);
		};
	}

	/** What tools of the provider do ends with the answer. */
	void endHosted() {
		this.hosted.abandon();
	}

	/** Adds what providers want back. Clients return it with the other items. */
	void state(String token) {
		TokenItem item = new TokenItem(this.events, id("rs"), this.items.size(), token);
		item.begin();
		this.items.add(item.end(COMPLETED));
	}

	/** Ends what is open. */
	void end(String status) {
		endThought(status);
		endMessage(status);
	}

	private void endThought(String status) {
		if (this.thought != null) {
			this.items.add(this.thought.end(status));
			this.thought = null;
		}
	}

	private void endEndedMessage() {
		if (this.messageEnded) {
			endMessage(COMPLETED);
		}
	}

	private void endMessage(String status) {
		if (this.message != null) {
			this.items.add(this.message.end(status));
			this.message = null;
			this.messageEnded = false;
			this.continued = false;
			if (!this.lateThoughts.isEmpty()) {
				String late = this.lateThoughts.toString();
				this.lateThoughts.setLength(0);
				think(late);
				endThought(COMPLETED);
			}
		}
	}

	private String id(String prefix) {
		return this.shape.ids().item(prefix, this.items.size());
	}

	ArrayNode items() {
		return this.items;
	}

	/** All items, also those to which more was to come. */
	ArrayNode itemsSoFar() {
		ArrayNode all = GatewayJson.object().putArray("output").addAll(this.items);
		for (JsonNode item : all) {
			if (item.path("status").asText().equals("in_progress")) {
				((ObjectNode) item).put("status", "incomplete");
			}
		}
		if (this.thought != null) {
			all.add(this.thought.item("incomplete"));
		}
		if (this.message != null) {
			all.add(this.message.item(this.messageEnded ? COMPLETED : "incomplete"));
		}
		return all;
	}

}
