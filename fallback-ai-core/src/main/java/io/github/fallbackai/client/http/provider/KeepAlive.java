// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.Locale;
import java.util.Set;

import io.github.fallbackai.client.http.wire.ServerEvent;

/**
 * Recognises events that only keep a connection alive. Comments are meant for that, but
 * some servers and proxies send events with a typical name or a typical word.
 */
public final class KeepAlive {

	private static final Set<String> WORDS = Set.of("null", "ping", "pong", "keepalive", "heartbeat");

	private static final int LONGEST = 16;

	private KeepAlive() {
	}

	/**
	 * Whether an event says nothing.
	 * @param event any event
	 * @return {@code true} if it can be skipped
	 */
	public static boolean is(ServerEvent event) {
		String data = event.data();
		return data.isBlank() || isWord(data) || (isWord(event.type()) && !data.stripLeading().startsWith("{"));
	}

	private static boolean isWord(String text) {
		if (text.length() > LONGEST) {
			return false;
		}
		String word = text.strip().toLowerCase(Locale.ROOT);
		return WORDS.contains(word.replace("-", "").replace("_", "").replace("\"", ""));
	}

}
