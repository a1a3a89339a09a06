// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

/**
 * A server-sent event. {@code toString()} hides the data.
 *
 * @param type the event's type, {@code message} unless the server named one
 * @param data its data; several lines are joined by line feeds
 */
public record ServerEvent(String type, String data) implements WireContent {

	/** The type of an event that names none. */
	public static final String MESSAGE = "message";

	/** The type of an event that reports an error. */
	public static final String ERROR = "error";

	@Override
	public String toString() {
		return "ServerEvent[" + this.type + ", " + this.data.length() + " characters]";
	}

}
