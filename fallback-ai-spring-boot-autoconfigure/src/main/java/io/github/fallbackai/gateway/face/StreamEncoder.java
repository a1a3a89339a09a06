// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.face;

import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of a stream of server-sent events. Belongs to one stream, used by one
 * signal at a time.
 */
public interface StreamEncoder {

	/** A comment, which clients skip. */
	String HEARTBEAT = ": fallback-ai waits\n\n";

	/**
	 * Writes an event. A switch to another endpoint is already written, as a comment.
	 * Until something is written, a failure can still be an HTTP status. So the beginning
	 * of a stream has to wait for something of the answer.
	 * @param relayed the event
	 * @return one or several frames, {@code null} for none
	 */
	@Nullable String encode(RelayedEvent relayed);

	/**
	 * Writes the end of a stream that fails after something was sent.
	 * @param error why it fails
	 * @return one or several frames
	 */
	String fail(GatewayError error);

	/**
	 * Writes a sign of life for a stream in which nothing happens. It may come at any
	 * time, also before the first event and while another signal is written.
	 * @return a frame that changes nothing for the client
	 */
	default String heartbeat() {
		return HEARTBEAT;
	}

}
