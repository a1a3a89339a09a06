// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RequestTexts;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.intake.BodyLimits;
import org.jspecify.annotations.Nullable;

/**
 * How much text a request may have, images and files apart. It is more than any model
 * reads, and each character of it takes memory in several forms. Belongs to one request.
 */
public final class TextBudget {

	/** About two million tokens. */
	public static final int CHARACTERS = 8_000_000;

	private int left = CHARACTERS;

	/** The same for what providers want back, which may be compressed in the body. */
	private int stateLeft = CHARACTERS;

	private int valuesLeft = BodyLimits.VALUES;

	/** Takes the texts that the model is to read. */
	public void take(ChatRequest request) {
		RequestTexts.visit(request, this::take);
	}

	/** Takes what providers want back with a message. */
	public void takeState(AssistantMessage message) {
		takeState(message.state());
		for (AssistantPart part : message.parts()) {
			takeState(part.state());
			if (part instanceof ReasoningPart thought) {
				takeState(thought.text().length());
			}
		}
	}

	/** Parts may share a state, so each one is asked for before it is looked at. */
	private void takeState(@Nullable ProviderState state) {
		if (state == null) {
			return;
		}
		takeState(state.json().length());
		this.valuesLeft -= (int) state.json()
			.chars()
			.filter((next) -> next == ',' || next == '[' || next == '{')
			.count();
		if (this.valuesLeft < 0) {
			throw new RejectedRequestException(GatewayError.invalid("request_too_complex", "messages",
					"The request has more than " + BodyLimits.VALUES + " values."));
		}
	}

	private void takeState(int characters) {
		if (characters > this.stateLeft) {
			throw tooLarge();
		}
		this.stateLeft -= characters;
	}

	/** Takes all texts within a value. */
	public void take(JsonNode value) {
		if (value.isTextual()) {
			take(value.textValue());
		}
		value.forEach(this::take);
	}

	public void take(String text) {
		if (text.length() > this.left) {
			throw tooLarge();
		}
		this.left -= text.length();
	}

	private static RejectedRequestException tooLarge() {
		return new RejectedRequestException(new GatewayError(413, GatewayError.INVALID_REQUEST, "request_too_large",
				null, "The request has more than " + CHARACTERS + " characters of text.", null));
	}

}
