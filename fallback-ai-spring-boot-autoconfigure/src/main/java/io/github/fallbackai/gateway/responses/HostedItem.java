// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * What a tool of the provider did, such as a search. The client reads it as the provider
 * wrote it, but for the id.
 */
final class HostedItem extends OpenItem {

	private final ObjectNode item;

	HostedItem(Events events, String id, int place, ObjectNode item) {
		super(events, id, place);
		this.item = item;
	}

	/** The item that a part stands for, {@code null} if it stands for none. */
	static @Nullable ObjectNode of(AssistantPart part) {
		ProviderState state = (part instanceof TextPart) ? part.state() : null;
		if (state == null || !state.format().equals(LeftOut.RESPONSES_API)) {
			return null;
		}
		JsonNode members = GatewayJson.value(state.json());
		return (members != null && members.path("item") instanceof ObjectNode item && item.path("type").isTextual())
				? item : null;
	}

	@Override
	void endParts() {
		// There is only the whole.
	}

	@Override
	ObjectNode item(String status) {
		ObjectNode whole = GatewayJson.object().put("id", id());
		whole.setAll(this.item);
		return whole.put("status", status);
	}

}
