// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * What a caller receives before the answer is complete. This decides from when on a
 * switch is visible.
 */
public enum Delivery {

	/** Nothing: the caller waits for the whole answer. */
	WHOLE,

	/** Text only. */
	TEXT,

	/** Text, reasoning and complete tool calls. */
	EVENTS,

	/**
	 * Text and reasoning. Tool calls come with the whole answer, so that the call may go
	 * on at another endpoint after one.
	 */
	CONTENT,

	/**
	 * Text, reasoning, complete tool calls and what only clients of the provider's API
	 * read, for callers that pass it on and cannot take anything back. Such a notice is
	 * no part of the answer: after it, the call may still begin elsewhere.
	 */
	RELAY;

	/**
	 * Whether an endpoint is asked for a stream. It refuses to stream that there is
	 * nothing, which only a caller that passes on what the provider says wants to know.
	 */
	boolean streams(Endpoint endpoint, ChatRequest request) {
		if (request.readsPromptOnly()) {
			return this == RELAY;
		}
		return this != WHOLE || endpoint.unaryAsStream();
	}

	boolean delivers(EndpointEvent event) {
		return switch (this) {
			case WHOLE -> false;
			case TEXT -> event instanceof EndpointEvent.Text;
			case CONTENT -> event instanceof EndpointEvent.Text || visibleReasoning(event);
			case EVENTS -> event instanceof EndpointEvent.Text || event instanceof EndpointEvent.ToolCallComplete
					|| visibleReasoning(event);
			case RELAY -> EVENTS.delivers(event) || event instanceof EndpointEvent.Noticed;
		};
	}

	private static boolean visibleReasoning(EndpointEvent event) {
		return event instanceof EndpointEvent.Reasoning reasoning && !reasoning.text().isEmpty();
	}

	/** Whether the caller can be told to discard what it holds. */
	boolean takesBack() {
		return this == EVENTS || this == CONTENT;
	}

	/** Whether the caller sees more than text. */
	boolean annotated() {
		return this == EVENTS || this == CONTENT || this == RELAY;
	}

	/** The caller's view of an event that is delivered. */
	ChatEvent visible(EndpointEvent event) {
		if (event instanceof EndpointEvent.Text text) {
			return new ChatEvent.ContentDelta(text.text());
		}
		if (event instanceof EndpointEvent.Reasoning reasoning) {
			return new ChatEvent.ReasoningDelta(reasoning.text());
		}
		if (event instanceof EndpointEvent.ToolCallComplete complete) {
			return new ChatEvent.ToolCallReady(complete.toolCall());
		}
		if (event instanceof EndpointEvent.Noticed noticed) {
			return new ChatEvent.ProviderNotice(noticed.notice());
		}
		throw new IllegalArgumentException("event: " + event + " (expected: one that callers see)");
	}

}
