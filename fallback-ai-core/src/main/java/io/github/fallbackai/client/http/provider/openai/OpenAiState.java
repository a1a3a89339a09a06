// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.StateJson;
import org.jspecify.annotations.Nullable;

/**
 * What compatible servers want back, in the format of chat completions. The state of a
 * message or of a tool call is its members that this library does not know. The state of
 * reasoning says in which members it came, so that it goes back in the same ones.
 */
final class OpenAiState {

	static final String FORMAT = "openai";

	/** Stands for a part of type {@code thinking} within the content (Mistral). */
	static final String CONTENT = "content";

	private static final String MEMBERS = "in";

	private OpenAiState() {
	}

	/** Reasoning that came in some members, without its text. */
	static ReasoningPart reasoning(Collection<String> members, ObjectNode chunk) {
		ObjectNode state = ProviderJson.MAPPER.createObjectNode();
		members.forEach(state.putArray(MEMBERS)::add);
		if (!chunk.isEmpty()) {
			state.set("chunk", chunk);
		}
		return new ReasoningPart("", null, null, of(state));
	}

	static ProviderState of(ObjectNode members) {
		return StateJson.of(FORMAT, members);
	}

	/**
	 * Finds what a part or a message has for a model group.
	 * @param state its state
	 * @param modelGroup the model group of the endpoint
	 * @return the members, {@code null} if there are none for that group in this format
	 */
	static @Nullable ObjectNode own(@Nullable ProviderState state, String modelGroup) {
		return StateJson.own(state, FORMAT, modelGroup);
	}

	/** The members in which reasoning came. */
	static List<String> members(@Nullable ObjectNode state) {
		List<String> names = new ArrayList<>(1);
		if (state != null) {
			state.path(MEMBERS).forEach((name) -> names.add(name.asText()));
		}
		return names;
	}

}
