package io.github.fallbackai.chat;

/**
 * One method for each kind of {@link ChatEvent}.
 *
 * @param <R> type of the result
 */
public interface ChatEventVisitor<R> {

	/** A request goes to an endpoint. */
	R attemptStarted(ChatEvent.AttemptStarted event);

	/** More text of the answer. */
	R contentDelta(ChatEvent.ContentDelta event);

	/** More of the model's reasoning. */
	R reasoningDelta(ChatEvent.ReasoningDelta event);

	/** The model wants a tool to be run. */
	R toolCallReady(ChatEvent.ToolCallReady event);

	/** The next endpoint takes over. */
	R endpointSwitched(ChatEvent.EndpointSwitched event);

	/** The answer is complete. */
	R completed(ChatEvent.Completed event);

}
