// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import java.util.List;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The question of a user, with the conversation before it. The server keeps no
 * conversations, so that any instance can go on with one.
 *
 * @param message the question
 * @param history what was said before, oldest first, {@code null} for nothing
 */
record Question(@Nullable String message, @Nullable List<@Nullable Turn> history) {

	static final int MAX_LENGTH = 4000;

	/** Of all turns together. */
	static final int MAX_HISTORY = 50_000;

	/**
	 * The request with the whole conversation.
	 * @throws ResponseStatusException with status 400 if the message or a turn is
	 * missing, blank or too long
	 */
	ChatRequest request() {
		ChatRequestBuilder request = ChatRequest.builder();
		int length = 0;
		for (Turn turn : (this.history != null) ? this.history : List.<Turn>of()) {
			Turn said = (turn != null) ? turn : new Turn(null, null);
			said.addTo(request);
			length += (said.content() != null) ? said.content().length() : 0;
		}
		if (length > MAX_HISTORY) {
			throw unusable("The conversation has " + length + " characters, at most " + MAX_HISTORY
					+ " are allowed. A new chat begins without them.");
		}
		return request.user(text()).build();
	}

	private String text() {
		if (this.message == null || this.message.isBlank()) {
			throw unusable("The body needs a 'message' that is not blank.");
		}
		String text = this.message.strip();
		if (text.length() > MAX_LENGTH) {
			throw unusable("The message has " + text.length() + " characters, at most " + MAX_LENGTH + " are allowed.");
		}
		return text;
	}

	private static ResponseStatusException unusable(String reason) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
	}

	@Override
	public String toString() {
		return "Question[" + ((this.message != null) ? this.message.length() : 0) + " characters]";
	}

}
