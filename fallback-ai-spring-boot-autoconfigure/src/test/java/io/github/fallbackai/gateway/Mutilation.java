// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;

/**
 * Spoils a request: its values, or its bytes.
 */
final class Mutilation {

	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	private Mutilation() {
	}

	static byte[] of(ObjectNode request, Random random) {
		if (random.nextInt(4) > 0) {
			int spoiled = 1 + random.nextInt(3);
			for (int number = 0; number < spoiled; number++) {
				value(request, random);
			}
			return GatewayJson.write(request);
		}
		return bytes(GatewayJson.write(request), random);
	}

	/** Replaces, removes or adds a value anywhere. */
	private static void value(ObjectNode request, Random random) {
		List<JsonNode> holders = new ArrayList<>();
		collect(request, holders);
		JsonNode holder = holders.get(random.nextInt(holders.size()));
		if (holder instanceof ObjectNode object && !object.isEmpty()) {
			List<String> names = new ArrayList<>();
			object.fieldNames().forEachRemaining(names::add);
			String name = names.get(random.nextInt(names.size()));
			switch (random.nextInt(4)) {
				case 0 -> object.remove(name);
				case 1 -> object.set("unknown_" + random.nextInt(9), any(random));
				default -> object.set(name, any(random));
			}
		}
		else if (holder instanceof ArrayNode array) {
			if (array.isEmpty() || random.nextBoolean()) {
				array.add(any(random));
			}
			else {
				array.set(random.nextInt(array.size()), any(random));
			}
		}
	}

	private static void collect(JsonNode node, List<JsonNode> holders) {
		if (node.isContainerNode()) {
			holders.add(node);
			node.forEach((child) -> collect(child, holders));
		}
	}

	private static JsonNode any(Random random) {
		return switch (random.nextInt(14)) {
			case 0 -> JSON.nullNode();
			case 1 -> JSON.booleanNode(random.nextBoolean());
			case 2 -> JSON.numberNode(-1);
			case 3 -> JSON.numberNode(Long.MAX_VALUE);
			case 4 -> JSON.numberNode(1e308);
			case 5 -> JSON.numberNode(0.5);
			case 6 -> JSON.textNode("");
			case 7 -> JSON.textNode("nonsense");
			case 8 -> JSON.textNode("data:image/png;base64,%%%");
			case 9 -> JSON.textNode("http://[::1");
			case 10 -> JSON.objectNode();
			case 11 -> JSON.objectNode().put("type", "nonsense").put("text", 7);
			case 12 -> JSON.arrayNode();
			default -> JSON.arrayNode().add(JSON.arrayNode().addNull()).add("text");
		};
	}

	private static byte[] bytes(byte[] request, Random random) {
		byte[] spoiled = request.clone();
		int position = random.nextInt(spoiled.length);
		switch (random.nextInt(3)) {
			case 0 -> spoiled[position] = (byte) random.nextInt(256);
			case 1 -> spoiled = Arrays.copyOf(spoiled, position);
			default -> {
				String text = new String(spoiled, StandardCharsets.ISO_8859_1);
				spoiled = (text.substring(0, position) + "{[\"" + text.substring(position))
					.getBytes(StandardCharsets.ISO_8859_1);
			}
		}
		return spoiled;
	}

}
