// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.StreamEncoder;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Writes a streamed response: see
 * <a href="https://platform.openai.com/docs/api-reference/responses-streaming">the
 * streaming events</a>. Belongs to one stream, used by one signal at a time.
 */
final class ResponseStream implements StreamEncoder {

	private static final String IN_PROGRESS = "in_progress";

	private final ResponseShape shape;

	private final Events events = new Events(true);

	private final Output output;

	/** Parts that ended and were not written yet. */
	private final List<AssistantPart> ended = new ArrayList<>(1);

	private String model;

	private boolean begun;

	/**
	 * Creates an encoder.
	 * @param model the model as the client named it
	 * @param shape how the response looks
	 */
	ResponseStream(String model, ResponseShape shape) {
		this.model = model;
		this.shape = shape;
		this.output = new Output(shape, this.events);
	}

	@Override
	public @Nullable String encode(RelayedEvent relayed) {
		if (relayed.model() != null) {
			this.model = relayed.model();
		}
		this.ended.addAll(relayed.ended());
		if (relayed.event() instanceof ChatEvent.AnnotationReady ready) {
			// It belongs to what was said before, although that has ended.
			this.output.note(ready.annotation());
		}
		else {
			this.ended.forEach(this.output::ended);
			this.ended.clear();
			write(relayed.event(), relayed.refusal());
		}
		String frames = this.events.take();
		return frames.isEmpty() ? null : frames;
	}

	private void write(ChatEvent event, boolean refusal) {
		if (event instanceof ChatEvent.ContentDelta delta) {
			begin();
			this.output.say(delta.text(), refusal);
		}
		else if (event instanceof ChatEvent.ReasoningDelta delta) {
			begin();
			this.output.think(delta.text());
		}
		else if (event instanceof ChatEvent.ToolCallReady ready) {
			begin();
			this.output.call(ready.toolCall());
		}
		else if (event instanceof ChatEvent.ProviderNotice notice) {
			tell(HostedItem.members(notice.notice()));
		}
		else if (event instanceof ChatEvent.EndpointSwitched || event instanceof ChatEvent.AttemptStarted) {
			this.output.switched();
		}
		else if (event instanceof ChatEvent.Completed completed) {
			begin();
			end(completed.response());
		}
	}

	private void tell(@Nullable ObjectNode notice) {
		if (notice != null && notice.path("event") instanceof ObjectNode event) {
			begin();
			this.output.tell(notice.path("kind").asText(), notice.path("place").asText(), event);
		}
	}

	private void begin() {
		if (!this.begun) {
			this.begun = true;
			ArrayNode nothing = GatewayJson.object().putArray("output");
			send("response.created", this.shape.response(IN_PROGRESS, this.model, nothing));
			send("response.in_progress", this.shape.response(IN_PROGRESS, this.model, nothing));
		}
	}

	private void end(ChatResponse response) {
		ObjectNode whole = Ending.of(response, this.output, this.shape);
		send("response." + whole.path("status").textValue(), whole);
		this.events.end();
	}

	@Override
	public String fail(GatewayError error) {
		begin();
		ObjectNode failed = this.shape.response("failed", this.model, this.output.itemsSoFar());
		failed.set("error", Ending.error(error));
		send("response.failed", failed);
		this.events.end();
		return this.events.take();
	}

	private void send(String type, ObjectNode response) {
		ObjectNode members = GatewayJson.object();
		members.set("response", response);
		this.events.send(type, members);
	}

}
