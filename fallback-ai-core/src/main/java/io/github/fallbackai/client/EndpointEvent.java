// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import java.time.Duration;

import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.failure.OneLine;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A piece of one endpoint's answer. {@code toString()} hides content.
 */
public sealed interface EndpointEvent {

	/** Most characters of an id from outside. Some gateways have long ids. */
	int LONGEST_ID = 512;

	/** Most characters of a name or word from outside. */
	int LONGEST_NAME = 200;

	/**
	 * A word that is too long is dropped, because a part of it may be a part of a key.
	 */
	private static @Nullable String word(@Nullable String text) {
		return (text != null && text.length() <= LONGEST_NAME) ? OneLine.of(text, LONGEST_NAME) : null;
	}

	/**
	 * Whether the model generated something. Only that satisfies the first-content limit
	 * and resets the idle limit.
	 */
	default boolean progress() {
		return false;
	}

	/**
	 * The request is sent once more, over a new connection, because the server had closed
	 * the pooled one it first went over. Neither a failure nor a sign that the endpoint
	 * works.
	 */
	record Reconnected() implements EndpointEvent {

	}

	/**
	 * The endpoint refused the request, and it is sent once more, changed so that the
	 * endpoint may accept it. Neither a failure nor a sign that the endpoint works.
	 *
	 * @param change what is changed, in a few words; names of parameters, but no content
	 */
	record Corrected(String change) implements EndpointEvent {

	}

	/**
	 * The answer comes in one piece, although a stream was asked for. No part of it
	 * arrives before its end.
	 */
	record InOnePiece() implements EndpointEvent {

	}

	/**
	 * The endpoint accepted the request: the status line and headers of a success
	 * arrived.
	 *
	 * @param httpStatus the HTTP status, {@code null} if there is none
	 * @param requestId the provider's id of the request, {@code null} if it gave none
	 * @param exhaustedFor how long until the endpoint takes further requests, if this one
	 * used up what its rate limits allow; {@code null} if something remains, or is not
	 * known
	 */
	record Accepted(@Nullable Integer httpStatus, @Nullable String requestId,
			@Nullable Duration exhaustedFor) implements EndpointEvent {

		/** Drops an id that does not fit into a log line. */
		public Accepted {
			requestId = OneLine.unchanged(requestId, LONGEST_ID);
		}

		/** A request was accepted, and the answer says nothing about rate limits. */
		public Accepted(@Nullable Integer httpStatus, @Nullable String requestId) {
			this(httpStatus, requestId, null);
		}

	}

	/**
	 * The id of the answer and the model, as the provider names them.
	 *
	 * @param id id of the answer, {@code null} if it gave none
	 * @param model name of the model, {@code null} if it gave none
	 */
	record Identified(@Nullable String id, @Nullable String model) implements EndpointEvent {

		/**
		 * Cleans what the provider wrote. An id that does not fit into a log line is
		 * dropped. The name of a model is changed so that it fits, and dropped if it is
		 * too long for a name.
		 */
		public Identified {
			id = OneLine.unchanged(id, LONGEST_ID);
			model = word(model);
		}

	}

	/**
	 * More text.
	 *
	 * @param text the text, not empty
	 */
	record Text(String text) implements EndpointEvent {

		@Override
		public boolean progress() {
			return true;
		}

		@Override
		public String toString() {
			return "Text[" + this.text.length() + " characters]";
		}

	}

	/**
	 * The model declines. All text that follows is what it says instead of an answer.
	 */
	record RefusalBegan() implements EndpointEvent {

	}

	/**
	 * More reasoning.
	 *
	 * @param text the text, empty if the provider redacts it
	 */
	record Reasoning(String text) implements EndpointEvent {

		@Override
		public boolean progress() {
			return true;
		}

		@Override
		public String toString() {
			return "Reasoning[" + this.text.length() + " characters]";
		}

	}

	/**
	 * The text or reasoning since the last part is a part of its own, with something that
	 * the provider wants back. Not needed between pieces of different kinds that have
	 * nothing else.
	 *
	 * @param part the part without its text
	 * @param answers whether the part is an answer, although it has no text, such as an
	 * image that a tool of the provider made
	 */
	record PartEnded(AssistantPart part, boolean answers) implements EndpointEvent {

		/** The end of a part that is no answer without a text. */
		public PartEnded(AssistantPart part) {
			this(part, false);
		}

	}

	/**
	 * Members of the whole message that the provider wants back. A later event replaces
	 * an earlier one.
	 *
	 * @param state the members
	 */
	record MessageState(ProviderState state) implements EndpointEvent {

	}

	/**
	 * Members of the whole answer that only clients of the provider's API read. Nothing
	 * is sent back. A later event replaces an earlier one.
	 *
	 * @param remarks the members
	 */
	record Remarked(ProviderState remarks) implements EndpointEvent {

	}

	/**
	 * Something that only clients of the provider's API read, at its place in the answer.
	 *
	 * @param notice what it is
	 * @param progress whether it shows that the model, or a tool of the provider, works
	 */
	record Noticed(ProviderState notice, boolean progress) implements EndpointEvent {

	}

	/**
	 * The provider itself works for the answer, such as with a tool of its own, and says
	 * nothing until it is done. Meanwhile, not the idle limit holds but what the call can
	 * afford.
	 *
	 * @param goesOn whether the work began or goes on; not if it is done
	 */
	record SilentWork(boolean goesOn) implements EndpointEvent {

		@Override
		public boolean progress() {
			return true;
		}

	}

	/**
	 * A part of a tool call arrived that is not complete yet.
	 */
	record ToolCallProgress() implements EndpointEvent {

		@Override
		public boolean progress() {
			return true;
		}

	}

	/**
	 * A complete tool call.
	 *
	 * @param toolCall the call
	 */
	record ToolCallComplete(ToolCall toolCall) implements EndpointEvent {

		@Override
		public boolean progress() {
			return true;
		}

	}

	/**
	 * The provider notes something about the text, such as a source of it.
	 *
	 * @param annotation the note
	 */
	record Annotated(Annotation annotation) implements EndpointEvent {

	}

	/**
	 * Tokens spent so far; a later report replaces an earlier one.
	 *
	 * @param usage the tokens
	 */
	record UsageReported(Usage usage) implements EndpointEvent {

	}

	/**
	 * The model stopped. The answer is complete, whatever happens to the connection. If
	 * more progress follows, this was not the end.
	 *
	 * @param reason why it stopped
	 * @param raw the provider's own word for it, {@code null} if it gave none
	 */
	record Finished(FinishReason reason, @Nullable String raw) implements EndpointEvent {

		/** Makes the provider's word fit into a log line. */
		public Finished {
			raw = word(raw);
		}

	}

}
