// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.StreamEncoder;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.OpenAiError;
import io.github.fallbackai.gateway.json.TextFrame;
import io.github.fallbackai.gateway.state.ProviderMembers;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Writes a streamed answer: see
 * <a href="https://platform.openai.com/docs/api-reference/chat/streaming">the chat
 * completion chunk object</a>. Belongs to one stream, used by one signal at a time.
 */
final class ChunkEncoder implements StreamEncoder {

	private final String id = AnswerJson.newId();

	private final long created = Instant.now().getEpochSecond();

	private final boolean includeUsage;

	private boolean begun;

	private int toolCalls;

	/** Where deltas are written. */
	private final StringBuilder room = new StringBuilder();

	/** The delta that came last, without its text. */
	private @Nullable Repeated last;

	/**
	 * Creates an encoder.
	 * @param includeUsage whether the stream ends with the number of tokens used
	 */
	ChunkEncoder(boolean includeUsage) {
		this.includeUsage = includeUsage;
	}

	@Override
	public @Nullable String encode(RelayedEvent relayed) {
		ChatEvent event = relayed.event();
		String model = String.valueOf(relayed.model());
		if (event instanceof ChatEvent.ContentDelta delta) {
			return delta(model, relayed.refusal() ? "refusal" : "content", delta.text());
		}
		if (event instanceof ChatEvent.ReasoningDelta delta) {
			return delta(model, "reasoning_content", delta.text());
		}
		if (event instanceof ChatEvent.ToolCallReady ready) {
			ObjectNode delta = beginning();
			ArrayNode calls = delta.putArray("tool_calls");
			AnswerJson.add(ready.toolCall(), calls).put("index", this.toolCalls++);
			return data(chunk(model, delta, null));
		}
		if (event instanceof ChatEvent.AnnotationReady ready) {
			ObjectNode delta = beginning();
			AnswerJson.add(ready.annotation(), delta);
			return data(chunk(model, delta, null));
		}
		return (event instanceof ChatEvent.Completed completed) ? end(completed.response()) : null;
	}

	private String delta(String model, String member, String text) {
		Repeated last = this.last;
		if (last == null || !last.is(model, member)) {
			if (!this.begun) {
				return data(chunk(model, beginning().put(member, text), null));
			}
			last = new Repeated(model, member,
					TextFrame.of((hole) -> data(chunk(model, beginning().put(member, hole), null))));
			this.last = last;
		}
		this.room.setLength(0);
		last.frame().write(text, this.room);
		return this.room.toString();
	}

	/** The role comes with the first delta. */
	private ObjectNode beginning() {
		ObjectNode delta = GatewayJson.object();
		if (!this.begun) {
			this.begun = true;
			delta.put("role", "assistant");
		}
		return delta;
	}

	private String end(ChatResponse response) {
		StringBuilder end = new StringBuilder();
		ObjectNode state = GatewayJson.object();
		if (ProviderMembers.add(response.toMessage(), state)) {
			end.append(data(chunk(response.model(), beginning().setAll(state), null)));
		}
		end.append(data(chunk(response.model(), beginning(), AnswerJson.finishReason(response))));
		if (this.includeUsage && response.usage() != null) {
			ObjectNode chunk = head(response.model());
			chunk.putArray("choices");
			chunk.set("usage", AnswerJson.usage(response.usage()));
			end.append(data(chunk));
		}
		return end.append("data: [DONE]\n\n").toString();
	}

	private ObjectNode chunk(String model, ObjectNode delta, @Nullable String finishReason) {
		ObjectNode chunk = head(model);
		ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
		choice.set("delta", delta);
		choice.putNull("logprobs");
		choice.put("finish_reason", finishReason);
		if (this.includeUsage) {
			chunk.putNull("usage");
		}
		return chunk;
	}

	private ObjectNode head(String model) {
		return GatewayJson.object()
			.put("id", this.id)
			.put("object", "chat.completion.chunk")
			.put("created", this.created)
			.put("model", model);
	}

	/** The stream has no end marker then. */
	@Override
	public String fail(GatewayError error) {
		return data(OpenAiError.json(error));
	}

	private static String data(ObjectNode json) {
		return "data: " + GatewayJson.text(json) + "\n\n";
	}

	/**
	 * Deltas that differ in their text.
	 *
	 * @param model the model
	 * @param member the member that has the text
	 * @param frame the frame of each
	 */
	private record Repeated(String model, String member, TextFrame frame) {

		boolean is(String model, String member) {
			return this.member.equals(member) && this.model.equals(model);
		}

	}

}
