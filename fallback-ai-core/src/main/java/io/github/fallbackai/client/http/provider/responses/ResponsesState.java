// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.StateJson;
import org.jspecify.annotations.Nullable;

/**
 * What the API wants back with an item of an answer: the members that this library does
 * not know, or a whole item of an unknown kind. Ids are left out: without its memory, the
 * API looks items up that have one.
 */
final class ResponsesState {

	static final String FORMAT = "openai-responses";

	private static final String ITEM = "item";

	private static final String STATUS = "status";

	private static final Set<String> NEVER = Set.of("id", STATUS, "created_by");

	private ResponsesState() {
	}

	static ProviderState of(ObjectNode members) {
		return StateJson.of(FORMAT, members);
	}

	/** The members of an item that are not among the known ones. */
	static ObjectNode members(JsonNode item, Set<String> known) {
		ObjectNode members = ProviderJson.MAPPER.createObjectNode();
		item.properties().forEach((member) -> {
			// The API refuses a null that it wrote itself.
			if (!known.contains(member.getKey()) && !NEVER.contains(member.getKey()) && !member.getValue().isNull()) {
				members.set(member.getKey(), member.getValue());
			}
		});
		return members;
	}

	/**
	 * The state of a whole item of an unknown kind. Unlike a message, it may need its
	 * status. An approval has the id of the question.
	 */
	static ProviderState ofItem(JsonNode item) {
		ObjectNode state = ProviderJson.MAPPER.createObjectNode();
		ObjectNode whole = members(item, Set.of());
		for (String name : ItemKinds.isQuestion(item) ? List.of(STATUS, "id") : List.of(STATUS)) {
			if (item.path(name).isTextual()) {
				whole.set(name, item.get(name));
			}
		}
		state.set(ITEM, whole);
		return of(state);
	}

	/** The whole item of an unknown kind, {@code null} if it is none. */
	static @Nullable ObjectNode item(@Nullable ObjectNode state) {
		return (state != null && state.path(ITEM) instanceof ObjectNode item) ? item : null;
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

}
