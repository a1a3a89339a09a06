// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The ids of a response and its items. They cannot be guessed. The id of an item says
 * which response it belongs to, so that it can be found with the response.
 */
record ResponseIds(String hex) {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int BYTES = 20;

	private static final Pattern ITEM = Pattern.compile("[a-z]+_([0-9a-f]{40})([0-9a-f]{4})");

	static ResponseIds next() {
		byte[] random = new byte[BYTES];
		RANDOM.nextBytes(random);
		return new ResponseIds(HexFormat.of().formatHex(random));
	}

	String response() {
		return "resp_" + this.hex;
	}

	String item(String prefix, int index) {
		return prefix + '_' + this.hex + HexFormat.of().toHexDigits((short) index);
	}

	/** The id of the response to which an item belongs, {@code null} if it is none. */
	static @Nullable String responseOf(String item) {
		Matcher matcher = ITEM.matcher(item);
		return matcher.matches() ? "resp_" + matcher.group(1) : null;
	}

}
