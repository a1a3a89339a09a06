// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayDeque;
import java.util.Deque;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.Annotation;
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
		Deque<Annotation> notes = new ArrayDeque<>(response.annotations());
		int said = 0;
		for (AssistantPart part : response.toMessage().parts()) {
			add(part, output);
			if (part instanceof TextPart text && !text.text().isEmpty()) {
				said += text.text().length();
				note(notes, said, output);
			}
			else if (part instanceof RefusalPart refused) {
				said += refused.text().length();
			}
			output.ended(part);
		}
		notes.forEach(output::note);
		return Ending.of(response, output, shape);
	}

	/** Adds the notes about the text that was said so far. */
	private static void note(Deque<Annotation> notes, int said, Output output) {
		while (!notes.isEmpty()) {
			Integer after = notes.element().after();
			if (after == null || after > said) {
				return;
			}
			output.note(notes.remove());
		}
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
