// SPDX-License-Identifier: Apache-2.0
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

	/** A provider notes something about the text. */
	default R annotationReady(ChatEvent.AnnotationReady event) {
		return other(event);
	}

	/** Something that only clients of the provider's own API can read. */
	default R providerNotice(ChatEvent.ProviderNotice event) {
		return other(event);
	}

	/** The next endpoint takes over. */
	R endpointSwitched(ChatEvent.EndpointSwitched event);

	/** The library runs tools for the caller, and something happened to one of them. */
	default R toolProgress(ToolProgress event) {
		return other(event);
	}

	/** The answer is complete. */
	R completed(ChatEvent.Completed event);

	/**
	 * An event for which there is no method here. If a later version adds a kind of
	 * event, its method calls this one by default. So a visitor that overrides this
	 * method also works with later versions.
	 * @param event the event
	 * @return the result
	 * @throws UnsupportedOperationException unless overridden
	 */
	default R other(ChatEvent event) {
		throw new UnsupportedOperationException("no method for an event of type " + event.type());
	}

}
