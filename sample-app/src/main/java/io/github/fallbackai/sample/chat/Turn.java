// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import io.github.fallbackai.chat.ChatRequestBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Something that was said earlier in the conversation.
 *
 * @param role who said it: {@code user} or {@code assistant}
 * @param content what was said
 */
record Turn(@Nullable String role, @Nullable String content) {

	/**
	 * Adds this to a request.
	 * @throws ResponseStatusException with status 400 if it is no turn
	 */
	void addTo(ChatRequestBuilder request) {
		if (this.content == null || this.content.isBlank()) {
			throw unusable("Each entry of 'history' needs a 'content' that is not blank.");
		}
		if ("user".equals(this.role)) {
			request.user(this.content);
		}
		else if ("assistant".equals(this.role)) {
			request.assistant(this.content);
		}
		else {
			throw unusable("Each entry of 'history' needs a 'role', either user or assistant.");
		}
	}

	private static ResponseStatusException unusable(String reason) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
	}

	@Override
	public String toString() {
		return "Turn[" + this.role + ", " + ((this.content != null) ? this.content.length() : 0) + " characters]";
	}

}
