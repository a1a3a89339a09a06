// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.nio.charset.StandardCharsets;

/**
 * A server-sent event in the buffer in which it arrived. The event and its array may be
 * used only until the method that gets the event returns.
 */
public interface EventData {

	/** The event's type, {@link ServerEvent#MESSAGE} unless the server named one. */
	String type();

	/** The array that holds its data, in UTF-8, and other bytes; not to be changed. */
	byte[] bytes();

	/** Where in the array the data begins. */
	int from();

	/** Where in the array the data ends. */
	int to();

	/** The event as a value, malformed UTF-8 replaced. */
	default ServerEvent toEvent() {
		return new ServerEvent(type(), new String(bytes(), from(), to() - from(), StandardCharsets.UTF_8));
	}

}
