// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.EndpointRequest;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a caller adds for one kind of provider.
 */
public final class ExtraParameters {

	private static final String MESSAGES = "messages";

	private static final String TOOLS = "tools";

	private ExtraParameters() {
	}

	/**
	 * Adds the parameters meant for the request's provider. They replace existing ones,
	 * but an object is merged into an object: {@code generationConfig} with one more
	 * setting keeps its others. The objects of {@code messages} are merged too, each into
	 * the message at its position. So a conversation keeps its contents, and the messages
	 * that were appended. The same holds for {@code tools}, if they are the same tools.
	 * @param request the request
	 * @param body the request's body
	 */
	public static void add(EndpointRequest request, ObjectNode body) {
		add(request, body, null, (name) -> true);
	}

	/**
	 * The same for a format in which not all of them are members of the body.
	 * @param request the request
	 * @param body the request's body
	 * @param members whether a parameter is one
	 */
	public static void add(EndpointRequest request, ObjectNode body, Predicate<String> members) {
		add(request, body, null, members);
	}

	/**
	 * The same for a conversation that was arranged, so that messages may have other
	 * positions than the caller's.
	 * @param request the request
	 * @param body the request's body
	 * @param conversation the conversation, {@code null} if it is the caller's
	 */
	public static void add(EndpointRequest request, ObjectNode body, @Nullable Conversation conversation) {
		add(request, body, conversation, (name) -> true);
	}

	private static void add(EndpointRequest request, ObjectNode body, @Nullable Conversation conversation,
			Predicate<String> members) {
		request.chat().extras(request.endpoint().provider()).forEach((name, value) -> {
			if (!members.test(name)) {
				return;
			}
			JsonNode given = ProviderJson.MAPPER.valueToTree(value);
			JsonNode added = (conversation != null && MESSAGES.equals(name)) ? arranged(given, conversation) : given;
			JsonNode present = body.get(name);
			boolean list = added instanceof ArrayNode && present instanceof ArrayNode;
			if (list && (MESSAGES.equals(name) || (TOOLS.equals(name) && sameTools(added, present)))) {
				for (int index = 0; index < added.size(); index++) {
					merge(added.get(index), present.path(index));
				}
			}
			else if (!merge(added, present)) {
				body.set(name, added);
			}
		});
	}

	private static JsonNode arranged(JsonNode messages, Conversation conversation) {
		if (!messages.isArray() || conversation.inOrder()) {
			return messages;
		}
		ArrayNode arranged = ProviderJson.MAPPER.createArrayNode();
		conversation.positions().forEach((position) -> arranged.add(messages.path(position)));
		return arranged;
	}

	private static boolean sameTools(JsonNode added, JsonNode present) {
		boolean same = added.size() == present.size();
		for (int index = 0; same && index < added.size(); index++) {
			JsonNode name = added.path(index).path("function").path("name");
			same = name.isTextual() && name.equals(present.path(index).path("function").path("name"));
		}
		return same;
	}

	private static boolean merge(JsonNode added, @Nullable JsonNode present) {
		if (added instanceof ObjectNode more && present instanceof ObjectNode object) {
			object.setAll(more);
			return true;
		}
		return false;
	}

}
