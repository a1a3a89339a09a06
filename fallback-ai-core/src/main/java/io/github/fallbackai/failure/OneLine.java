// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes texts from outside safe for a log line: without characters that end the line,
 * move a cursor or change the direction of writing, and with a limited length. A text is
 * cleaned where it is read, so that code that passes it on need not do it. Internal:
 * public for other packages of the library.
 */
public final class OneLine {

	private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

	private OneLine() {
	}

	/**
	 * Cleans a text that people read.
	 * @param text the text, {@code null} for none
	 * @param longest most characters of the result
	 * @return the text, with a blank instead of characters that do not fit into a line,
	 * and with an ellipsis at the end if it was longer; {@code null} if nothing is left
	 */
	public static @Nullable String of(@Nullable String text, int longest) {
		if (text == null) {
			return null;
		}
		// The text behind the bound is not read.
		boolean tooLong = text.length() > longest;
		String bounded = tooLong ? text.substring(0, longest - 1) : text;
		String line = (isPlain(bounded) ? bounded : UNFIT.matcher(bounded).replaceAll(" ")).strip();
		if (line.isEmpty()) {
			return null;
		}
		return tooLong ? line + '\u2026' : line;
	}

	/**
	 * Checks a text that is useful only unchanged, such as an id.
	 * @param text the text, {@code null} for none
	 * @param longest most characters of such a text
	 * @return the text; {@code null} if it is longer, empty, or does not fit into a line
	 */
	public static @Nullable String unchanged(@Nullable String text, int longest) {
		return (text != null && !text.isEmpty() && text.length() <= longest
				&& (isPlain(text) || !UNFIT.matcher(text).find())) ? text : null;
	}

	/** Most texts are, and looking for more would be the dearest part of the check. */
	private static boolean isPlain(String text) {
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character < ' ' || character > '~') {
				return false;
			}
		}
		return true;
	}

}
