package io.github.fallbackai.engine;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.client.EndpointEvent;

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

	/** The same, for callers that pass it on and cannot take anything back. */
	RELAY;

	boolean delivers(EndpointEvent event) {
		return switch (this) {
			case WHOLE -> false;
			case TEXT -> event instanceof EndpointEvent.Text;
			case EVENTS, RELAY -> event instanceof EndpointEvent.Text || event instanceof EndpointEvent.ToolCallComplete
					|| (event instanceof EndpointEvent.Reasoning reasoning && !reasoning.text().isEmpty());
		};
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
		throw new IllegalArgumentException("event: " + event + " (expected: one that callers see)");
	}

}
