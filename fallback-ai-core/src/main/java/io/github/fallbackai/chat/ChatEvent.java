// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What happens while an answer is streamed. The last event of a successful stream is
 * {@link Completed}. {@code toString()} hides content. A later version may have more
 * kinds of events. Code that distinguishes kinds has to ignore those that it does not
 * know.
 */
public sealed interface ChatEvent permits ChatEvent.AttemptStarted, ChatEvent.ContentDelta, ChatEvent.ReasoningDelta,
		ChatEvent.ToolCallReady, ChatEvent.AnnotationReady, ChatEvent.ProviderNotice, ChatEvent.EndpointSwitched,
		ChatEvent.Completed, ToolProgress {

	/**
	 * The kind of event, for callers on a Java version without pattern matching in
	 * {@code switch}.
	 */
	Type type();

	/**
	 * Calls the visitor's method for this kind of event.
	 * @param visitor the visitor
	 * @param <R> type of the result
	 * @return what the method returned
	 */
	<R> R accept(ChatEventVisitor<R> visitor);

	/**
	 * The kinds of events.
	 */
	enum Type {

		/** {@link AttemptStarted}. */
		ATTEMPT_STARTED,

		/** {@link ContentDelta}. */
		CONTENT_DELTA,

		/** {@link ReasoningDelta}. */
		REASONING_DELTA,

		/** {@link ToolCallReady}. */
		TOOL_CALL_READY,

		/** {@link AnnotationReady}. */
		ANNOTATION_READY,

		/** {@link ProviderNotice}. */
		PROVIDER_NOTICE,

		/** {@link EndpointSwitched}. */
		ENDPOINT_SWITCHED,

		/** {@link ToolProgress.Started}. */
		TOOL_STARTED,

		/** {@link ToolProgress.Finished}. */
		TOOL_FINISHED,

		/** {@link ToolProgress.Failed}. */
		TOOL_FAILED,

		/** {@link ToolProgress.RoundEnded}. */
		ROUND_ENDED,

		/** {@link Completed}. */
		COMPLETED

	}

	/**
	 * A request goes to an endpoint.
	 */
	@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
	final class AttemptStarted implements ChatEvent {

		private final int number;

		private final String endpoint;

		private final String model;

		/**
		 * @param number position in the call, from 1
		 * @param endpoint name of the endpoint
		 * @param model the model asked for
		 */
		@JsonCreator
		public AttemptStarted(@JsonProperty("number") int number, @JsonProperty("endpoint") String endpoint,
				@JsonProperty("model") String model) {
			this.number = number;
			this.endpoint = endpoint;
			this.model = model;
		}

		/** Position in the call, from 1. */
		public int number() {
			return this.number;
		}

		/** Name of the endpoint. */
		public String endpoint() {
			return this.endpoint;
		}

		/** The model asked for. */
		public String model() {
			return this.model;
		}

		@Override
		public Type type() {
			return Type.ATTEMPT_STARTED;
		}

		@Override
		public <R> R accept(ChatEventVisitor<R> visitor) {
			return visitor.attemptStarted(this);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof AttemptStarted started && this.number == started.number
					&& this.endpoint.equals(started.endpoint) && this.model.equals(started.model);
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.number, this.endpoint, this.model);
		}

		@Override
		public String toString() {
			return "AttemptStarted[number=" + this.number + ", endpoint=" + this.endpoint + ", model=" + this.model
					+ "]";
		}

	}

	/**
	 * More text of the answer.
	 *
	 * @param text the text, not empty
	 */
	record ContentDelta(String text) implements ChatEvent {

		@Override
		public Type type() {
			return Type.CONTENT_DELTA;
		}

		@Override
		public <R> R accept(ChatEventVisitor<R> visitor) {
			return visitor.contentDelta(this);
		}

		@Override
		public String toString() {
			return "ContentDelta[" + this.text.length() + " characters]";
		}

	}

	/**
	 * More of the model's reasoning.
	 *
	 * @param text the text, not empty
	 */
	record ReasoningDelta(String text) implements ChatEvent {

		@Override
		public Type type() {
			return Type.REASONING_DELTA;
		}

		@Override
		public <R> R accept(ChatEventVisitor<R> visitor) {
			return visitor.reasoningDelta(this);
		}

		@Override
		public String toString() {
			return "ReasoningDelta[" + this.text.length() + " characters]";
		}

	}

	/**
	 * The model wants a tool to be run; the call is complete.
	 *
	 * @param toolCall the call
	 */
	record ToolCallReady(ToolCall toolCall) implements ChatEvent {

		@Override
		public Type type() {
			return Type.TOOL_CALL_READY;
		}

		@Override
		public <R> R accept(ChatEventVisitor<R> visitor) {
			return visitor.toolCallReady(this);
		}

	}

	/**
	 * A provider notes something about the text, such as a source of it. Comes after the
	 * text.
	 *
	 * @param annotation the note
	 */
	record AnnotationReady(Annotation annotation) implements ChatEvent {

		@Override
		public Type type() {
			return Type.ANNOTATION_READY;
		}

		@Override
		public <R> R accept(ChatEventVisitor<R> visitor) {
			return visitor.annotationReady(this);
		}

	}

	/**
	 * Something that only clients of the provider's own API can read, such as how far a
	 * tool is that the provider runs itself. Only streams that the gateway passes on have
	 * it. It is no part of the answer.
	 *
	 * @param notice what it is, in the provider's format
	 */
	record ProviderNotice(ProviderState notice) implements ChatEvent {

		@Override
		public Type type() {
			return Type.PROVIDER_NOTICE;
		}

		@Override
		public <R> R accept(ChatEventVisitor<R> visitor) {
			return visitor.providerNotice(this);
		}

	}

	/**
	 * An endpoint failed and the next one takes over.
	 */
	@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
	final class EndpointSwitched implements ChatEvent {

		private final String from;

		private final String to;

		private final String model;

		private final FailureKind reason;

		private final boolean discardPrevious;

		/**
		 * @param from name of the endpoint that failed
		 * @param to name of the endpoint that takes over
		 * @param model the model that takes over
		 * @param reason why
		 * @param discardPrevious whether text delivered so far is void and the answer
		 * begins again
		 */
		@JsonCreator
		public EndpointSwitched(@JsonProperty("from") String from, @JsonProperty("to") String to,
				@JsonProperty("model") String model, @JsonProperty("reason") FailureKind reason,
				@JsonProperty("discardPrevious") boolean discardPrevious) {
			this.from = from;
			this.to = to;
			this.model = model;
			this.reason = reason;
			this.discardPrevious = discardPrevious;
		}

		/** Name of the endpoint that failed. */
		public String from() {
			return this.from;
		}

		/** Name of the endpoint that takes over. */
		public String to() {
			return this.to;
		}

		/** The model that takes over. */
		public String model() {
			return this.model;
		}

		/** Why. */
		public FailureKind reason() {
			return this.reason;
		}

		/** Whether text delivered so far is void and the answer begins again. */
		public boolean discardPrevious() {
			return this.discardPrevious;
		}

		@Override
		public Type type() {
			return Type.ENDPOINT_SWITCHED;
		}

		@Override
		public <R> R accept(ChatEventVisitor<R> visitor) {
			return visitor.endpointSwitched(this);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof EndpointSwitched switched && this.from.equals(switched.from)
					&& this.to.equals(switched.to) && this.model.equals(switched.model)
					&& this.reason == switched.reason && this.discardPrevious == switched.discardPrevious;
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.from, this.to, this.model, this.reason, this.discardPrevious);
		}

		@Override
		public String toString() {
			return "EndpointSwitched[from=" + this.from + ", to=" + this.to + ", model=" + this.model + ", reason="
					+ this.reason + ", discardPrevious=" + this.discardPrevious + "]";
		}

	}

	/**
	 * The answer is complete.
	 *
	 * @param response the whole answer
	 */
	record Completed(ChatResponse response) implements ChatEvent {

		public Completed {
			Objects.requireNonNull(response, "response");
		}

		@Override
		public Type type() {
			return Type.COMPLETED;
		}

		@Override
		public <R> R accept(ChatEventVisitor<R> visitor) {
			return visitor.completed(this);
		}

	}

}
