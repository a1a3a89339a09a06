// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;

/**
 * Writes a response in one piece.
 */
final class WholeResponse {

	private WholeResponse() {
	}

	static ObjectNode of(ChatResponse response, ResponseShape shape) {
		Output output = new Output(shape, new Events(false));
		for (AssistantPart part : response.toMessage().parts()) {
			add(part, output);
			output.ended(part);
		}
		response.annotations().forEach(output::note);
		return Ending.of(response, output, shape);
	}

	private static void add(AssistantPart part, Output output) {
		ObjectNode hosted = HostedItem.of(part);
		if (hosted != null) {
			output.hosted(hosted);
		}
		else if (part instanceof TextPart text && !text.text().isEmpty()) {
			output.say(text.text(), false);
		}
		else if (part instanceof RefusalPart refused && !refused.text().isEmpty()) {
			output.say(refused.text(), true);
		}
		else if (part instanceof ReasoningPart thought && !thought.text().isEmpty()) {
			output.think(thought.text());
		}
		else if (part instanceof ToolCall call) {
			output.call(call);
		}
	}

}
