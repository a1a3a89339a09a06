// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.List;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.wire.ServerEvent;
import org.jspecify.annotations.Nullable;

/**
 * Reads one streamed answer, event by event. Belongs to that answer; not safe for use by
 * several threads.
 */
public interface StreamDecoder {

	/**
	 * Reads the next event.
	 * @param event the event
	 * @return its meaning, possibly nothing
	 * @throws io.github.fallbackai.client.EndpointException if it reports an error or is
	 * malformed
	 */
	List<EndpointEvent> decode(ServerEvent event);

	/**
	 * Whether the event is a marker after which nothing of interest follows. Keeps no
	 * state.
	 * @param event the event
	 * @return {@code true} if reading may stop after it
	 */
	boolean last(ServerEvent event);

	/**
	 * Whether the answer seems complete so far, so that an error of the connection does
	 * not matter. If more content comes, it is not complete any more.
	 */
	boolean finished();

	/**
	 * The stream ended normally.
	 * @return events that were held back
	 * @throws io.github.fallbackai.client.EndpointException if the answer is not complete
	 */
	List<EndpointEvent> end();

	/**
	 * Where text and reasoning go, so that an event that differs from the one before in
	 * nothing but its text, or in a member called {@code obfuscation}, need not be read
	 * by {@link #decode}. A decoder that does anything else with a text, or depends on
	 * what it says, must not tell.
	 * @return the collector of this answer's events, {@code null} unless overridden
	 */
	default @Nullable AnswerEvents answer() {
		return null;
	}

}
