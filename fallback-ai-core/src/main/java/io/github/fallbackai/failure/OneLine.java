package io.github.fallbackai.failure;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Texts from outside, fit for a line of a log: nothing in them ends the line, moves a
 * cursor or turns the direction of writing, and they have a length. They are cleaned
 * where they are read, so that nothing that passes them on has to.
 */
public final class OneLine {

	private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

	private OneLine() {
	}

	/**
	 * Cleans a text for people.
	 * @param text the text, {@code null} for none
	 * @param longest most characters of the result
	 * @return the text, with a blank instead of what does not fit into a line, and with
	 * an ellipsis at the end if it was longer; {@code null} if nothing is left
	 */
	public static @Nullable String of(@Nullable String text, int longest) {
		if (text == null) {
			return null;
		}
		// Whatever is behind the bound is not even looked at.
		boolean tooLong = text.length() > longest;
		String bounded = tooLong ? text.substring(0, longest - 1) : text;
		String line = UNFIT.matcher(bounded).replaceAll(" ").strip();
		if (line.isEmpty()) {
			return null;
		}
		return tooLong ? line + '\u2026' : line;
	}

	/**
	 * Checks a text that is of use only as it came, such as an id.
	 * @param text the text, {@code null} for none
	 * @param longest most characters of such a text
	 * @return the text; {@code null} if it is longer, empty, or does not fit into a line
	 */
	public static @Nullable String unchanged(@Nullable String text, int longest) {
		return (text != null && !text.isEmpty() && text.length() <= longest && !UNFIT.matcher(text).find()) ? text
				: null;
	}

}
