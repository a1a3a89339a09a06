// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.http.provider.Conversation;
import io.github.fallbackai.client.http.provider.ProviderJson;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a conversation as a client of this API wrote them, one element for each
 * message of the request: a message that stands for its own and for the empty objects
 * behind it, or {@code null} for one that is written like any other. Messages that were
 * added since have no element.
 *
 * @param elements the elements
 */
record OriginalMessages(JsonNode elements) {

	/**
	 * The originals of a request. They cannot be sent if calls of other providers need
	 * other ids, or their results another order.
	 * @param request the request
	 * @return its originals, {@code null} if there are none that can be sent
	 */
	static @Nullable OriginalMessages of(ChatRequest request) {
		Object given = request.extras(AnthropicDialect.PROVIDER).get(AnthropicDialect.ORIGINAL_MESSAGES);
		JsonNode elements = (given instanceof JsonNode json) ? json : ProviderJson.MAPPER.valueToTree(given);
		return (elements.isArray() && arranged(request.messages())) ? new OriginalMessages(elements) : null;
	}

	/** Whether the conversation has the form that every server takes. */
	private static boolean arranged(List<ChatMessage> messages) {
		Conversation arranged = Conversation.of(messages, MessageEncoder::id);
		boolean same = arranged.inOrder() && arranged.messages().size() == messages.size();
		for (int index = 0; same && index < messages.size(); index++) {
			same = arranged.messages().get(index) == messages.get(index);
		}
		return same;
	}

	/** A copy of the original of a message, {@code null} if it has none. */
	@Nullable ObjectNode at(int index) {
		return (this.elements.path(index) instanceof ObjectNode original) ? original.deepCopy() : null;
	}

	@Override
	public String toString() {
		return "OriginalMessages[" + this.elements.size() + "]";
	}

}
