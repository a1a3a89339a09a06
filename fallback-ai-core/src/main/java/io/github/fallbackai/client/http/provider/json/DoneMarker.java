// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.json;

import io.github.fallbackai.client.http.wire.ServerEvent;

/**
 * The event {@code [DONE]} with which OpenAI, and servers that are compatible, end a
 * stream.
 */
public final class DoneMarker {

	private static final String DONE = "[DONE]";

	private DoneMarker() {
	}

	/** Whether an event is this marker. */
	public static boolean is(ServerEvent event) {
		// With the comparison of lengths, most events need no search for white space.
		String data = event.data();
		return data.length() < 2 * DONE.length() && data.strip().equals(DONE);
	}

}
