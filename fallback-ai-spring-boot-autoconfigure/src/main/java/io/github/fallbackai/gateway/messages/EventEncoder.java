// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.StreamEncoder;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Writes a streamed answer: see
 * <a href="https://docs.anthropic.com/en/docs/build-with-claude/streaming">streaming
 * messages</a>. An answer that several models wrote is one message. Tool calls come last,
 * behind what their model wants back. Belongs to one stream, used by one signal at a
 * time.
 */
final class EventEncoder implements StreamEncoder {

	private static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";

	private final List<String> stopSequences;

	private final Predicate<@Nullable String> shown;

	private final String requestId;

	private final BlockEvents blocks = new BlockEvents();

	private final List<ToolCall> calls = new ArrayList<>(1);

	private boolean begun;

	/**
	 * Creates an encoder.
	 * @param stopSequences the texts at which the model has to stop
	 * @param shown whether the client reads the thoughts of an endpoint
	 * @param requestId id of the request
	 */
	EventEncoder(List<String> stopSequences, Predicate<@Nullable String> shown, String requestId) {
		this.stopSequences = stopSequences;
		this.shown = shown;
		this.requestId = requestId;
	}

	@Override
	public @Nullable String encode(RelayedEvent relayed) {
		ChatEvent event = relayed.event();
		for (AssistantPart part : relayed.ended()) {
			ended(part);
		}
		if (event instanceof ChatEvent.ContentDelta delta) {
			this.blocks.text(delta.text());
		}
		else if (event instanceof ChatEvent.ReasoningDelta delta && this.shown.test(relayed.endpoint())) {
			this.blocks.thinking(delta.text());
		}
		else if (event instanceof ChatEvent.ToolCallReady ready) {
			this.calls.add(ready.toolCall());
		}
		else if (event instanceof ChatEvent.ProviderNotice notice) {
			noticed(notice.notice());
		}
		else if (event instanceof ChatEvent.EndpointSwitched || event instanceof ChatEvent.AttemptStarted) {
			// What is asked next thinks its own thoughts, but it goes on with the text.
			this.blocks.endThinking();
			this.blocks.beginLike(null);
		}
		String events = this.blocks.take();
		if (event instanceof ChatEvent.Completed completed) {
			return beginning(relayed) + events + end(completed.response());
		}
		return events.isEmpty() ? null : beginning(relayed) + events;
	}

	/** Only what an endpoint of this API says can be passed on. */
	private void noticed(ProviderState notice) {
		ObjectNode members = BlockState.members(notice);
		if (members != null && members.path("begins") instanceof ObjectNode block) {
			this.blocks.beginLike(block);
		}
		else if (members != null && members.path("delta") instanceof ObjectNode delta) {
			this.blocks.deltaOfText(delta);
		}
	}

	private void ended(AssistantPart part) {
		ObjectNode whole = AnswerBlocks.whole(part);
		if (whole != null) {
			this.blocks.whole(whole);
		}
		else if (part instanceof ReasoningPart thought && thought.encrypted() == null && this.blocks.isThinking()) {
			this.blocks.endThinking(AnswerBlocks.signature(thought));
		}
		else if (part instanceof ReasoningPart thought) {
			ObjectNode hidden = AnswerBlocks.thought(thought, false);
			if (hidden != null) {
				this.blocks.whole(hidden);
			}
		}
		else {
			AnswerBlocks.citations(part).forEach(this.blocks::cite);
			this.blocks.end();
		}
	}

	private String beginning(RelayedEvent relayed) {
		if (this.begun) {
			return "";
		}
		this.begun = true;
		ObjectNode message = MessageJson.message(MessageJson.newId("msg_"), String.valueOf(relayed.model()));
		Remarks remarks = Remarks.of(relayed.remarks());
		message.setAll(remarks.start());
		message.set("usage", remarks.firstUsage());
		ObjectNode start = BlockEvents.event("message_start");
		start.set("message", message);
		return BlockEvents.frame(start) + PING;
	}

	private String end(ChatResponse response) {
		ObjectNode carried = CarriedState.block(response.toMessage());
		if (carried != null) {
			this.blocks.whole(carried);
		}
		this.calls.forEach((call) -> this.blocks.whole(AnswerBlocks.call(call)));
		this.blocks.end();
		ObjectNode last = BlockEvents.event("message_delta");
		Remarks remarks = Remarks.of(response.remarks());
		MessageJson.stop(response, this.stopSequences, last.putObject("delta").setAll(remarks.delta()));
		last.setAll(remarks.end());
		last.set("usage", remarks.lastUsage(response.usage(), false));
		return this.blocks.take() + BlockEvents.frame(last) + BlockEvents.frame(BlockEvents.event("message_stop"));
	}

	@Override
	public String fail(GatewayError error) {
		return BlockEvents.frame(AnthropicError.json(error, this.requestId));
	}

	@Override
	public String heartbeat() {
		return PING;
	}

}
