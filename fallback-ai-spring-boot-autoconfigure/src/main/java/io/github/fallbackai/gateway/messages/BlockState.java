// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * What a content block has that only endpoints of this API know, in the form in which
 * these read and write it: members of the block, or a whole block.
 */
final class BlockState {

	/** The kind of provider, and the format of such a state. */
	static final String ANTHROPIC = "anthropic";

	private static final String BLOCK = "block";

	private BlockState() {
	}

	/** Members of a block. */
	static ProviderState of(ObjectNode members) {
		return new ProviderState(null, ANTHROPIC, GatewayJson.text(members));
	}

	/** A whole block. */
	static ProviderState ofBlock(ObjectNode block) {
		ObjectNode state = GatewayJson.object();
		state.set(BLOCK, block);
		return of(state);
	}

	/**
	 * Reads what a part has, of any provider.
	 * @param state its state
	 * @return the members, {@code null} if there are none in this format
	 */
	static @Nullable ObjectNode members(@Nullable ProviderState state) {
		return (state != null && state.format().equals(ANTHROPIC)) ? object(state.json()) : null;
	}

	/** The whole block that a part is, {@code null} if it is none. */
	static @Nullable ObjectNode block(@Nullable ProviderState state) {
		ObjectNode members = members(state);
		return (members != null && members.path(BLOCK) instanceof ObjectNode block) ? block : null;
	}

	/** Reads the text of an object, {@code null} if it is none. */
	static @Nullable ObjectNode object(String json) {
		try {
			return GatewayJson.read(json.getBytes(StandardCharsets.UTF_8)).object();
		}
		catch (RejectedRequestException ex) {
			return null;
		}
	}

}
