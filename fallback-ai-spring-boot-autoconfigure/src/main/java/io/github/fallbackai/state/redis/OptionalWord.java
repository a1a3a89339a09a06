// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.github.fallbackai.failure.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * Writes any text, or {@code null}, as one word without spaces. Such texts are shown and
 * logged, so what other programs may have written is cleaned when it is read.
 */
final class OptionalWord {

	private static final String NONE = "-";

	private static final String SOME = "=";

	/** The names of hosts have up to 253 characters. */
	private static final int LONGEST = 512;

	private OptionalWord() {
	}

	static String encode(@Nullable String text) {
		return (text != null) ? SOME + URLEncoder.encode(text, StandardCharsets.UTF_8) : NONE;
	}

	static @Nullable String decode(String word) {
		return word.startsWith(SOME)
				? OneLine.of(URLDecoder.decode(word.substring(SOME.length()), StandardCharsets.UTF_8), LONGEST) : null;
	}

}
