// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;

/**
 * Writes models as Anthropic does: see
 * <a href="https://docs.anthropic.com/en/api/models-list">list models</a>.
 */
public final class ModelList {

	private ModelList() {
	}

	/**
	 * All models, on one page.
	 * @param names their names, at least one
	 * @param since when they came to be
	 */
	public static ObjectNode all(Collection<String> names, Instant since) {
		ObjectNode list = GatewayJson.object();
		ArrayNode data = list.putArray("data");
		names.forEach((name) -> data.add(one(name, since)));
		list.put("has_more", false);
		list.set("first_id", data.path(0).get("id"));
		list.set("last_id", data.path(data.size() - 1).get("id"));
		return list;
	}

	/** One model. */
	public static ObjectNode one(String name, Instant since) {
		return GatewayJson.object()
			.put("type", "model")
			.put("id", name)
			.put("display_name", name)
			.put("created_at", since.truncatedTo(ChronoUnit.SECONDS).toString())
			.put("lifecycle", "active");
	}

}
