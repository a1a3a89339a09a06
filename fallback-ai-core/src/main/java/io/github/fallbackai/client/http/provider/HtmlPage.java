// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import io.github.fallbackai.client.http.wire.ResponseHead;

/**
 * Recognises pages of proxies, gateways and login portals. They say nothing about the
 * provider behind them.
 */
final class HtmlPage {

	private HtmlPage() {
	}

	/**
	 * Whether the body is markup, or has the content type of markup and does not look
	 * like JSON.
	 */
	static boolean is(ResponseHead head, byte[] body) {
		char first = firstCharacter(body);
		if (first == '<') {
			return true;
		}
		String mediaType = head.mediaType();
		return (mediaType.equals("text/html") || mediaType.equals("application/xhtml+xml")) && first != '{'
				&& first != '[';
	}

	private static char firstCharacter(byte[] body) {
		for (byte value : body) {
			// White space, and the bytes of a byte order mark, which are negative.
			if (value > ' ') {
				return (char) value;
			}
		}
		return ' ';
	}

}
