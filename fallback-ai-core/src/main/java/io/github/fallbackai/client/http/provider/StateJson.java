// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes what a provider wants back.
 */
public final class StateJson {

	private StateJson() {
	}

	/**
	 * Writes members. Who made them is added later.
	 * @param format the wire format that they are in
	 * @param members the members
	 */
	public static ProviderState of(String format, ObjectNode members) {
		return new ProviderState(null, format, members.toString());
	}

	/**
	 * Reads what a part or a message has for an endpoint.
	 * @param state its state
	 * @param format the wire format of the endpoint
	 * @param modelGroup the model group of the endpoint
	 * @return the members, {@code null} if there are none for that group in that format
	 */
	public static @Nullable ObjectNode own(@Nullable ProviderState state, String format, String modelGroup) {
		if (state == null || !state.format().equals(format) || !state.belongsTo(modelGroup)) {
			return null;
		}
		return (ProviderJson.read(state.json()) instanceof ObjectNode members) ? members : null;
	}

}
