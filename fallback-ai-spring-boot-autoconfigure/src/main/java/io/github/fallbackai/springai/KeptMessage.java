// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * The whole message of a model as a string among the metadata of Spring AI's message,
 * which has no place for signed thoughts and the like. A string survives every chat
 * memory that keeps metadata.
 */
final class KeptMessage {

	static final String KEY = "fallbackAiMessage";

	private static final ObjectMapper MAPPER = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private KeptMessage() {
	}

	/**
	 * The message to keep.
	 * @param message what the model answered
	 * @return the message, {@code null} if Spring AI's own message says everything
	 */
	static @Nullable String write(AssistantMessage message) {
		if (message.state() == null && message.parts().stream().allMatch(KeptMessage::plain)) {
			return null;
		}
		try {
			return MAPPER.writeValueAsString(message);
		}
		catch (JsonProcessingException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean plain(AssistantPart part) {
		return part.state() == null && !(part instanceof ReasoningPart) && !(part instanceof RefusalPart);
	}

	/**
	 * Reads what was kept.
	 * @param message Spring AI's message
	 * @return the message, {@code null} if none was kept, or if the application changed
	 * what the model said
	 */
	static @Nullable AssistantMessage read(org.springframework.ai.chat.messages.AssistantMessage message) {
		if (!(message.getMetadata().get(KEY) instanceof String json)) {
			return null;
		}
		try {
			AssistantMessage kept = MAPPER.readValue(json, AssistantMessage.class);
			return kept.text().equals(PromptDecoder.text(message)) && ids(kept).equals(ids(message)) ? kept : null;
		}
		catch (JsonProcessingException ex) {
			// Written by another version. The plain message is still right.
			return null;
		}
	}

	private static List<String> ids(AssistantMessage message) {
		return message.toolCalls().stream().map(ToolCall::id).toList();
	}

	private static List<String> ids(org.springframework.ai.chat.messages.AssistantMessage message) {
		return message.getToolCalls()
			.stream()
			.map(org.springframework.ai.chat.messages.AssistantMessage.ToolCall::id)
			.toList();
	}

}
