// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.data.message.AiMessage;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in an attribute of LangChain4j's message what it has no place for: the parts of
 * the answer, with what their maker wants back, such as signatures. The attribute is
 * text, so that a memory may store it.
 */
final class KeptMessage {

	static final String ATTRIBUTE = "fallback_ai_message";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private KeptMessage() {
	}

	/** {@code null} if the members of LangChain4j's message tell everything. */
	static @Nullable String write(AssistantMessage message) {
		boolean plain = message.state() == null
				&& message.parts().stream().noneMatch((part) -> part.state() != null || part instanceof ReasoningPart);
		try {
			return plain ? null : MAPPER.writeValueAsString(message);
		}
		catch (JsonProcessingException ex) {
			return null;
		}
	}

	/** {@code null} if nothing was kept, or if the message has been changed since. */
	static @Nullable AssistantMessage read(AiMessage message) {
		if (!(message.attributes().get(ATTRIBUTE) instanceof String kept)) {
			return null;
		}
		try {
			AssistantMessage found = MAPPER.readValue(kept, AssistantMessage.class);
			String text = (message.text() != null) ? message.text() : "";
			boolean same = found.text().equals(text) && found.toolCalls()
				.stream()
				.map(ToolCall::id)
				.toList()
				.equals(message.toolExecutionRequests().stream().map((request) -> request.id()).toList());
			return same ? found : null;
		}
		catch (JsonProcessingException ex) {
			return null;
		}
	}

}
