// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import java.util.List;

import io.github.fallbackai.chat.ChatResponse;

/**
 * A whole answer as the HTTP API shows it.
 *
 * @param text the answer
 * @param endpoint name of the endpoint that gave it
 * @param model the model that gave it
 * @param degraded whether that is not the first choice
 * @param attempts everything that was tried, oldest first
 */
record Reply(String text, String endpoint, String model, boolean degraded, List<AttemptView> attempts) {

	static Reply of(ChatResponse response) {
		return new Reply(response.text(), response.endpoint(), response.model(), response.degraded(),
				AttemptView.of(response.attempts()));
	}

	@Override
	public String toString() {
		return "Reply[" + this.text.length() + " characters, endpoint=" + this.endpoint + ", model=" + this.model + "]";
	}

}
