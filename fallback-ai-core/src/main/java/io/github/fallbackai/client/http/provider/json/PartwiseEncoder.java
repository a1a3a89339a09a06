// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.json;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;

/**
 * Writes what the model said part by part, in the order in which the model said it.
 */
public abstract class PartwiseEncoder extends ConversationEncoder {

	@Override
	protected void assistant(AssistantMessage message) {
		for (AssistantPart part : message.parts()) {
			if (part instanceof ReasoningPart thought) {
				thought(thought);
			}
			else if (part instanceof TextPart text) {
				said(text);
			}
			else if (part instanceof RefusalPart refusal) {
				refused(refusal);
			}
			else if (part instanceof ToolCall call) {
				called(call);
			}
		}
	}

	/** A thought of the model. */
	protected abstract void thought(ReasoningPart thought);

	/** A text of the model. */
	protected abstract void said(TextPart text);

	/** Why the model did not answer. */
	protected abstract void refused(RefusalPart refusal);

	/** A call of a tool. */
	protected abstract void called(ToolCall call);

}
