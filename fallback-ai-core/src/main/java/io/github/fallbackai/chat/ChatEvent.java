package io.github.fallbackai.chat;

import java.util.Objects;

import io.github.fallbackai.failure.FailureKind;

/**
 * What happens while an answer is streamed. The last event of a successful stream is
 * {@link Completed}. {@code toString()} hides content.
 */
public sealed interface ChatEvent {

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

		/** {@link EndpointSwitched}. */
		ENDPOINT_SWITCHED,

		/** {@link Completed}. */
		COMPLETED

	}

	/**
	 * A request goes to an endpoint.
	 *
	 * @param number position in the call, from 1
	 * @param endpoint name of the endpoint
	 * @param model the model asked for
	 */
	record AttemptStarted(int number, String endpoint, String model) implements ChatEvent {

		@Override
		public Type type() {
			return Type.ATTEMPT_STARTED;
		}

		@Override
		public <R> R accept(ChatEventVisitor<R> visitor) {
			return visitor.attemptStarted(this);
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
	 * An endpoint failed and the next one takes over.
	 *
	 * @param from name of the endpoint that failed
	 * @param to name of the endpoint that takes over
	 * @param model the model that takes over
	 * @param reason why
	 * @param discardPrevious whether text delivered so far is void and the answer begins
	 * again
	 */
	record EndpointSwitched(String from, String to, String model, FailureKind reason,
			boolean discardPrevious) implements ChatEvent {

		@Override
		public Type type() {
			return Type.ENDPOINT_SWITCHED;
		}

		@Override
		public <R> R accept(ChatEventVisitor<R> visitor) {
			return visitor.endpointSwitched(this);
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
