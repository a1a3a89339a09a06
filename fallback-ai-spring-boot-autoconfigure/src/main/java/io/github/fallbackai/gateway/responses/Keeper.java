package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatResponse;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the response of one request, if the client wants that.
 *
 * @param memory where it is kept, {@code null} if it is not
 * @param client name of the client
 * @param conversation the conversation up to the answer
 */
record Keeper(@Nullable ResponseMemory memory, String client, List<ChatMessage> conversation) {

	static final Keeper NONE = new Keeper(null, "", List.of());

	void keep(String id, ChatResponse response, String body) {
		if (this.memory != null) {
			List<ChatMessage> messages = new ArrayList<>(this.conversation);
			messages.addAll(response.toMessages());
			this.memory.keep(this.client, new StoredResponse(id, messages, body));
		}
	}

	boolean keeps() {
		return this.memory != null;
	}

	@Override
	public String toString() {
		return "Keeper[" + keeps() + "]";
	}

}
