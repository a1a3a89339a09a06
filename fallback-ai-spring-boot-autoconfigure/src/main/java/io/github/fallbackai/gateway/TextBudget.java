package io.github.fallbackai.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.RequestTexts;

/**
 * How much text a request may have, images and files apart. It is more than any model
 * reads, and each character of it takes memory in several forms. Belongs to one request.
 */
final class TextBudget {

	/** About two million tokens. */
	static final int CHARACTERS = 8_000_000;

	private int left = CHARACTERS;

	/** Takes the texts that the model is to read. */
	void take(ChatRequest request) {
		RequestTexts.visit(request, this::take);
	}

	/** Takes all texts within a value. */
	void take(JsonNode value) {
		if (value.isTextual()) {
			take(value.textValue());
		}
		value.forEach(this::take);
	}

	void take(String text) {
		if (text.length() > this.left) {
			throw new RejectedRequestException(new GatewayError(413, GatewayError.INVALID_REQUEST, "request_too_large",
					null, "The request has more than " + CHARACTERS + " characters of text.", null));
		}
		this.left -= text.length();
	}

}
