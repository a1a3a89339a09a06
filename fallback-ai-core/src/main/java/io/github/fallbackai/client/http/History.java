// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.GoogleSignature;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * The earlier messages in a request's body, in the shapes of all dialects.
 */
final class History {

	private static final String REASONING = "reasoning_content";

	/**
	 * Stands for a thought of another model. DeepSeek's newer models refuse an empty one.
	 */
	private static final String NO_THOUGHT = " ";

	private static final Set<String> OF_MESSAGES = Set.of("role", "content", "tool_calls", "name", "refusal");

	private static final Set<String> OF_CALLS = Set.of("id", "type", "function");

	private static final Set<String> OF_ITEMS = Set.of("type", "role", "content", "call_id", "name", "arguments",
			"output", "summary", "encrypted_content");

	private static final String CACHE_CONTROL = "cache_control";

	private History() {
	}

	/**
	 * Gives the messages of the model a {@code reasoning_content} where they have none.
	 * @param body the body
	 * @param change whether to do it, or only to look
	 * @return whether there are such messages
	 */
	static boolean fillThoughts(ObjectNode body, boolean change) {
		boolean found = false;
		for (JsonNode message : body.path("messages")) {
			if (message instanceof ObjectNode object && ofModel(message) && !message.hasNonNull(REASONING)) {
				found = true;
				if (change) {
					object.put(REASONING, NO_THOUGHT);
				}
			}
		}
		return found;
	}

	/**
	 * Gives the first call of each message of the model the signature that Google has for
	 * calls of other models.
	 * @param body the body
	 * @param change whether to do it, or only to look
	 * @return whether there are such calls
	 */
	static boolean fillSignatures(ObjectNode body, boolean change) {
		boolean found = false;
		for (JsonNode message : body.path("messages")) {
			JsonNode first = message.path("tool_calls").path(0);
			if (first instanceof ObjectNode call
					&& first.at("/extra_content/google/thought_signature").isMissingNode()) {
				found = true;
				if (change) {
					GoogleSignature.add(call, GoogleSignature.NONE);
				}
			}
		}
		for (JsonNode content : body.path("contents")) {
			for (JsonNode part : content.path("parts")) {
				if (part instanceof ObjectNode object && part.has("functionCall")) {
					if (!part.has(GoogleSignature.MEMBER)) {
						found = true;
						if (change) {
							object.put(GoogleSignature.MEMBER, GoogleSignature.NONE);
						}
					}
					break;
				}
			}
		}
		return found;
	}

	/**
	 * Members of earlier messages and calls that this library does not write itself, as
	 * far as their names {@linkplain MemberNames fit}.
	 */
	static Set<String> members(ObjectNode body) {
		Set<String> names = new LinkedHashSet<>();
		for (JsonNode message : body.path("messages")) {
			if (ofModel(message)) {
				add(message, OF_MESSAGES, names);
				message.path("tool_calls").forEach((call) -> add(call, OF_CALLS, names));
			}
		}
		body.path("input").forEach((item) -> add(item, OF_ITEMS, names));
		if (!body.findPath(CACHE_CONTROL).isMissingNode()) {
			names.add(CACHE_CONTROL);
		}
		return names;
	}

	private static void add(JsonNode object, Set<String> known, Set<String> names) {
		MemberNames.forEach(object, (name) -> {
			if (!known.contains(name) && names.size() < MemberNames.MOST) {
				names.add(name);
			}
		});
	}

	/** Removes a member from earlier messages and calls, a mark from everywhere. */
	static void remove(String name, ObjectNode body) {
		if (name.equals(CACHE_CONTROL)) {
			body.findParents(CACHE_CONTROL).forEach((parent) -> ((ObjectNode) parent).remove(CACHE_CONTROL));
		}
		for (JsonNode item : body.path("input")) {
			if (item instanceof ObjectNode object) {
				object.remove(name);
			}
		}
		for (JsonNode message : body.path("messages")) {
			if (message instanceof ObjectNode object && ofModel(message)) {
				object.remove(name);
				message.path("tool_calls").forEach((call) -> {
					if (call instanceof ObjectNode held) {
						held.remove(name);
					}
				});
			}
		}
	}

	private static boolean ofModel(JsonNode message) {
		return ProviderJson.text(message, "role").equals("assistant");
	}

}
