// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.chat.ProviderState;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an answer, which its chat model may want back, as the state of a
 * message. Values that JSON has no form for are left out, except bytes, in which models
 * of Google sign their thoughts. OpenAI's model keeps more members of tool calls in a
 * map.
 */
final class KeptMetadata {

	private static final String FORMAT = ChatModelClient.PROVIDER;

	/** What describes an answer and is of no use in a request. */
	private static final Set<String> DESCRIPTIONS = Set.of("id", "role", "index", "finishReason", "refusal",
			"annotations", "reasoningContent", "messageType", KeptMessage.KEY);

	private static final ObjectMapper MAPPER = new ObjectMapper();

	private KeptMetadata() {
	}

	/** The state, {@code null} if there is nothing to keep. */
	static @Nullable ProviderState write(Map<String, Object> metadata) {
		Map<String, Object> kept = new LinkedHashMap<>();
		metadata.forEach((name, value) -> {
			Object plain = DESCRIPTIONS.contains(name) ? null : PlainValue.of(value);
			if (plain != null && !plain.equals("")) {
				kept.put(name, plain);
			}
		});
		try {
			return kept.isEmpty() ? null : new ProviderState(null, FORMAT, MAPPER.writeValueAsString(kept));
		}
		catch (JsonProcessingException ex) {
			return null;
		}
	}

	/** The metadata to send back, none if another model group made the message. */
	static Map<String, Object> read(@Nullable ProviderState state, String modelGroup) {
		if (state == null || !state.format().equals(FORMAT) || !state.belongsTo(modelGroup)) {
			return Map.of();
		}
		try {
			Map<String, Object> metadata = MAPPER.readValue(state.json(), new TypeReference<Map<String, Object>>() {
			});
			metadata.replaceAll((name, value) -> PlainValue.restored(value));
			return metadata;
		}
		catch (JsonProcessingException | IllegalArgumentException ex) {
			return Map.of();
		}
	}

}
