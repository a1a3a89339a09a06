// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.StateJson;
import org.jspecify.annotations.Nullable;

/**
 * What the provider wants back with a content block: the members of the block that this
 * library does not know, or a whole block of an unknown kind.
 */
final class AnthropicState {

	static final String FORMAT = "anthropic";

	private static final String BLOCK = "block";

	private AnthropicState() {
	}

	static ProviderState of(ObjectNode members) {
		return StateJson.of(FORMAT, members);
	}

	static ProviderState ofBlock(ObjectNode block) {
		ObjectNode state = ProviderJson.MAPPER.createObjectNode();
		state.set(BLOCK, block);
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

	/**
	 * The whole block.
	 * @param state what a part has
	 * @return the block, {@code null} if there are members at most
	 */
	static @Nullable ObjectNode block(@Nullable ObjectNode state) {
		return (state != null && state.path(BLOCK) instanceof ObjectNode block) ? block : null;
	}

}
