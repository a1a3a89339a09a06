// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * What a tool of the provider does, such as a search. The client reads it as the provider
 * writes it, but for id, index and number.
 */
final class HostedItem extends OpenItem {

	private static final String ID = "id";

	private static final String STATUS = "status";

	/** Kinds of items that have a status for what went wrong. */
	private static final Set<String> FAIL = Set.of("code_interpreter_call", "file_search_call", "image_generation_call",
			"mcp_call", "web_search_call");

	private ObjectNode item;

	HostedItem(Events events, String id, int place, ObjectNode item) {
		super(events, id, place);
		this.item = item;
	}

	/** The item that a part stands for, {@code null} if it stands for none. */
	static @Nullable ObjectNode of(AssistantPart part) {
		ObjectNode members = (part instanceof TextPart) ? members(part.state()) : null;
		return (members != null && members.path("item") instanceof ObjectNode item && item.path("type").isTextual())
				? item : null;
	}

	/** What only endpoints of this API say, {@code null} if it is of another one. */
	static @Nullable ObjectNode members(@Nullable ProviderState state) {
		JsonNode members = (state != null && state.format().equals(LeftOut.RESPONSES_API))
				? GatewayJson.value(state.json()) : null;
		return (members instanceof ObjectNode object) ? object : null;
	}

	/** The whole item is known now. */
	void become(ObjectNode whole) {
		this.item = whole;
	}

	/**
	 * The id for the client.
	 * @param item the item
	 * @param otherwise an id for items whose own ones are not referred to
	 */
	static String id(ObjectNode item, String otherwise) {
		return LeftOut.keepsId(item) ? item.path(ID).asText(otherwise) : otherwise;
	}

	/** The status of an item that will not be completed. */
	String brokenStatus() {
		return FAIL.contains(this.item.path("type").asText()) ? "failed" : "incomplete";
	}

	@Override
	void endParts() {
		// There is only the whole.
	}

	@Override
	ObjectNode item(String status) {
		ObjectNode whole = GatewayJson.object().put(ID, id());
		ObjectNode told = this.item.deepCopy();
		told.remove(ID);
		whole.setAll(told);
		// Some kinds have no status, but need one if they break off.
		return (told.has(STATUS) || status.equals(brokenStatus())) ? whole.put(STATUS, status) : whole;
	}

}
