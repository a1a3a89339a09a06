package io.github.fallbackai.state.redis;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Writes any text, or {@code null}, as one word without spaces.
 */
final class OptionalWord {

	private static final String NONE = "-";

	private static final String SOME = "=";

	private OptionalWord() {
	}

	static String encode(@Nullable String text) {
		return (text != null) ? SOME + URLEncoder.encode(text, StandardCharsets.UTF_8) : NONE;
	}

	static @Nullable String decode(String word) {
		return word.startsWith(SOME) ? URLDecoder.decode(word.substring(SOME.length()), StandardCharsets.UTF_8) : null;
	}

}
