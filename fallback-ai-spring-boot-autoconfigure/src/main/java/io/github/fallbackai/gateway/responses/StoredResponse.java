package io.github.fallbackai.gateway.responses;

import java.util.List;

import io.github.fallbackai.chat.ChatMessage;

/**
 * A response that is kept. {@code toString()} hides what it says.
 *
 * @param id its id
 * @param messages the conversation up to its answer, without instructions
 * @param body the response in JSON, as the client got it
 */
public record StoredResponse(String id, List<ChatMessage> messages, String body) {

	/** Makes the list immutable. */
	public StoredResponse {
		messages = List.copyOf(messages);
	}

	/** About how many bytes of memory it takes. */
	long size() {
		long size = 2L * this.body.length();
		for (ChatMessage message : this.messages) {
			size += MessageSize.of(message);
		}
		return size;
	}

	@Override
	public String toString() {
		return "StoredResponse[" + this.id + "]";
	}

}
