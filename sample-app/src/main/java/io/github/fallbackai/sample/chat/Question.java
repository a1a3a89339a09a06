package io.github.fallbackai.sample.chat;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The question of a user.
 *
 * @param message the question
 */
record Question(@Nullable String message) {

	static final int MAX_LENGTH = 4000;

	/**
	 * The message without surrounding white space.
	 * @throws ResponseStatusException with status 400 if it is missing, blank or too long
	 */
	String text() {
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
