// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.responses.StoredResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * Which items of a conversation a client asks for: see
 * <a href="https://platform.openai.com/docs/api-reference/responses/input-items">input
 * items</a>.
 */
final class InputItemsPage {

	private static final int DEFAULT = 20;

	private static final int MOST = 100;

	private final MultiValueMap<String, String> query;

	InputItemsPage(MultiValueMap<String, String> query) {
		this.query = query;
	}

	/**
	 * Writes the page.
	 * @throws RejectedRequestException if the client asks for something else
	 */
	String of(StoredResponse response) {
		List<JsonNode> items = new ArrayList<>();
		response.items().forEach(items::add);
		if (descending()) {
			Collections.reverse(items);
		}
		int first = first(items);
		int limit = limit();
		List<JsonNode> page = items.subList(first, Math.min(items.size(), first + limit));
		ObjectNode list = GatewayJson.object().put("object", "list");
		ArrayNode data = list.putArray("data");
		page.forEach(data::add);
		list.set("first_id", data.path(0).get("id"));
		list.set("last_id", data.path(data.size() - 1).get("id"));
		return GatewayJson.text(list.put("has_more", first + limit < items.size()));
	}

	private boolean descending() {
		String order = this.query.getFirst("order");
		if (order != null && !order.equals("asc") && !order.equals("desc")) {
			throw invalid("order", "'asc' or 'desc'");
		}
		return !"asc".equals(order);
	}

	private int limit() {
		String limit = this.query.getFirst("limit");
		try {
			int number = (limit != null) ? Integer.parseInt(limit) : DEFAULT;
			if (number >= 1 && number <= MOST) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// It is no number, which is said below.
		}
		throw invalid("limit", "an integer from 1 to " + MOST);
	}

	private int first(List<JsonNode> items) {
		String after = this.query.getFirst("after");
		if (after == null) {
			return 0;
		}
		for (int index = 0; index < items.size(); index++) {
			if (after.equals(id(items.get(index)))) {
				return index + 1;
			}
		}
		throw invalid("after", "the id of an item of this response");
	}

	private static @Nullable String id(JsonNode item) {
		return item.path("id").textValue();
	}

	private static RejectedRequestException invalid(String name, String expected) {
		return new RejectedRequestException(GatewayError.invalid("invalid_value", name,
				"Invalid value for '" + name + "': expected " + expected + "."));
	}

}
