// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.gemini;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.StateJson;
import org.jspecify.annotations.Nullable;

/**
 * What the API wants back with a part: its members besides the content, such as the
 * signature of a thought, or a whole part of an unknown kind.
 */
final class GeminiState {

	static final String FORMAT = "gemini";

	private static final String PART = "part";

	/**
	 * Parts of these kinds may be large, and nothing but the text of an answer is read.
	 */
	private static final Set<String> NOT_KEPT = Set.of("inlineData", "fileData");

	private static final Set<String> CONTENT = Set.of("text", "thought", "functionCall");

	private static final int LONGEST_PART = 65_536;

	private GeminiState() {
	}

	/** The members of a part besides its content. */
	static ObjectNode members(JsonNode part) {
		return ((ObjectNode) part).deepCopy().without(CONTENT);
	}

	static ProviderState of(ObjectNode members) {
		return StateJson.of(FORMAT, members);
	}

	/** The state of a whole part of an unknown kind, {@code null} if it is not kept. */
	static @Nullable ProviderState ofPart(JsonNode part) {
		boolean kept = part.isObject() && !part.isEmpty() && !part.has("text") && NOT_KEPT.stream().noneMatch(part::has)
				&& part.toString().length() <= LONGEST_PART;
		if (!kept) {
			return null;
		}
		ObjectNode state = ProviderJson.MAPPER.createObjectNode();
		state.set(PART, part);
		return of(state);
	}

	/**
	 * Finds what a part has for a model group.
	 * @param state its state
	 * @param modelGroup the model group of the endpoint
	 * @return the members, {@code null} if there are none for that group in this format
	 */
	static @Nullable ObjectNode own(@Nullable ProviderState state, String modelGroup) {
		return StateJson.own(state, FORMAT, modelGroup);
	}

	/** The whole part of an unknown kind, {@code null} if it is none. */
	static @Nullable ObjectNode part(@Nullable ObjectNode state) {
		return (state != null && state.path(PART) instanceof ObjectNode part) ? part : null;
	}

}
