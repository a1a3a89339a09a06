// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What tools of the provider do at present. Several may work at once, so an item takes
 * its place in the output when it begins. Belongs to one answer.
 */
final class HostedItems {

	/** What the gateway numbers itself. */
	private static final Set<String> NUMBERED = Set.of("type", "sequence_number", "item_id", "output_index");

	/** By the place that the provider gives them. */
	private final Map<String, HostedItem> open = new LinkedHashMap<>();

	private final ArrayNode items;

	/**
	 * @param items the items of the answer
	 */
	HostedItems(ArrayNode items) {
		this.items = items;
	}

	/** An item begins. */
	void begin(String place, HostedItem item) {
		this.open.put(place, item);
		item.begin();
		this.items.add(item.item("in_progress"));
	}

	/** The item at a place of the provider's, {@code null} if none is open there. */
	@Nullable HostedItem at(String place) {
		return this.open.get(place);
	}

	/** An item ends as the provider says. */
	void end(String place, ObjectNode whole) {
		HostedItem item = this.open.remove(place);
		if (item != null) {
			item.become(whole);
			end(item, whole.path("status").asText("completed"));
		}
	}

	private void end(HostedItem item, String status) {
		this.items.set(item.place(), item.end(status));
	}

	/** The endpoint is gone, and what its tools did with it. */
	void abandon() {
		this.open.values().forEach((item) -> end(item, item.brokenStatus()));
		this.open.clear();
	}

	/** What an event says, but for its numbers. */
	static ObjectNode said(ObjectNode event) {
		ObjectNode said = event.deepCopy();
		said.remove(NUMBERED);
		return said;
	}

}
