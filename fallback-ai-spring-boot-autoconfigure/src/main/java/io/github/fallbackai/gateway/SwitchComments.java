// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a switch to another endpoint in a comment, which clients skip. Before the
 * first frame, the comment waits for it. So if there never is an answer, the error can
 * still be an HTTP status. Belongs to one stream.
 */
final class SwitchComments {

	private final StringBuilder waiting = new StringBuilder();

	private boolean begun;

	/**
	 * Adds what is to be told.
	 * @param relayed what happens
	 * @param frame its frame, {@code null} if it has none
	 * @return what goes to the client, {@code null} if nothing does
	 */
	@Nullable String with(RelayedEvent relayed, @Nullable String frame) {
		if (relayed.event() instanceof ChatEvent.EndpointSwitched switched) {
			this.waiting.append(": fallback-ai switched from ")
				.append(AnswerHeaders.safe(switched.from()))
				.append(" to ")
				.append(AnswerHeaders.safe(switched.to()))
				.append(" after ")
				.append(switched.reason())
				.append("\n\n");
		}
		this.begun |= frame != null;
		if (!this.begun) {
			return null;
		}
		if (this.waiting.isEmpty()) {
			return frame;
		}
		String all = (frame != null) ? this.waiting + frame : this.waiting.toString();
		this.waiting.setLength(0);
		return all;
	}

}
