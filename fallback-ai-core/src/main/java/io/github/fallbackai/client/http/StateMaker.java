// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import org.jspecify.annotations.Nullable;

/**
 * Writes into what a provider wants back which model group made it. Dialects do not know
 * that.
 */
final class StateMaker {

	private final String modelGroup;

	StateMaker(String modelGroup) {
		this.modelGroup = modelGroup;
	}

	/**
	 * The event with the maker of its state. Most events have none and are not changed.
	 */
	EndpointEvent sign(EndpointEvent event) {
		if (event instanceof EndpointEvent.PartEnded ended) {
			return new EndpointEvent.PartEnded(sign(ended.part()), ended.answers());
		}
		if (event instanceof EndpointEvent.ToolCallComplete complete && complete.toolCall().state() != null) {
			return new EndpointEvent.ToolCallComplete((ToolCall) sign(complete.toolCall()));
		}
		if (event instanceof EndpointEvent.MessageState whole) {
			return new EndpointEvent.MessageState(whole.state().madeBy(this.modelGroup));
		}
		return event;
	}

	private AssistantPart sign(AssistantPart part) {
		ProviderState state = signed(part.state());
		if (part instanceof ReasoningPart thought) {
			return thought.withState(state);
		}
		if (part instanceof ToolCall call) {
			return call.withState(state);
		}
		return (part instanceof RefusalPart refusal) ? new RefusalPart(refusal.text(), state)
				: ((TextPart) part).withState(state);
	}

	private @Nullable ProviderState signed(@Nullable ProviderState state) {
		return (state != null) ? state.madeBy(this.modelGroup) : null;
	}

}
