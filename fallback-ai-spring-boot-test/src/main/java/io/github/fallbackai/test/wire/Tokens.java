// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts texts into the pieces a simulated model generates one by one; joined they are the
 * text again.
 */
public final class Tokens {

	private static final String BEFORE_WHITESPACE = "(?<=\\S)(?=\\s)";

	private Tokens() {
	}

	/**
	 * Cuts a text into words, each with the whitespace before it.
	 * @param text the text
	 * @return the tokens, none for an empty text
	 */
	public static List<String> of(String text) {
		return text.isEmpty() ? List.of() : List.of(text.split(BEFORE_WHITESPACE));
	}

	/**
	 * Cuts a text into pieces of equal length, as tool arguments arrive.
	 * @param text the text
	 * @param length the number of characters of a piece, counted in code points
	 * @return the pieces, none for an empty text
	 */
	public static List<String> ofLength(String text, int length) {
		List<String> pieces = new ArrayList<>();
		int start = 0;
		while (start < text.length()) {
			int left = text.codePointCount(start, text.length());
			int end = text.offsetByCodePoints(start, Math.min(length, left));
			pieces.add(text.substring(start, end));
			start = end;
		}
		return pieces;
	}

}
