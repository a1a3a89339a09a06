// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.json;

import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * A frame of a stream that differs from the next one only in a text. What is around the
 * text is written once, because a stream has hundreds of them. Safe for use by several
 * threads.
 */
public final class TextFrame {

	private static final JsonStringEncoder STRINGS = JsonStringEncoder.getInstance();

	/** Stands for the text, and needs no escapes. */
	private static final String HOLE = "-the-text-";

	private final String before;

	private final String after;

	private TextFrame(String before, String after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * Learns a frame.
	 * @param write writes it with a given text, which becomes a string of its JSON;
	 * nothing that comes from outside follows this string
	 * @return the frame
	 */
	public static TextFrame of(UnaryOperator<String> write) {
		String frame = write.apply(HOLE);
		int hole = frame.lastIndexOf(HOLE);
		return new TextFrame(frame.substring(0, hole), frame.substring(hole + HOLE.length()));
	}

	/**
	 * Writes the frame, as Jackson would.
	 * @param text its text
	 * @param frames gets it at the end
	 */
	public void write(String text, StringBuilder frames) {
		frames.append(this.before);
		STRINGS.quoteAsString(text, frames);
		frames.append(this.after);
	}

}
