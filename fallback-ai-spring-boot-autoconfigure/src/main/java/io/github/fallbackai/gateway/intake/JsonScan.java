// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import io.github.fallbackai.gateway.intake.RefusedBodyException.Reason;

/**
 * Looks at the bytes of a JSON text as they arrive, and finds out early that it has too
 * much of something; whether it is JSON at all is for the parser. It costs about a
 * nanosecond per byte and no memory.
 */
final class JsonScan {

	/** As for the parser. */
	private static final int LONGEST_NUMBER = 1000;

	private static final byte NO_JSON = 0;

	private static final byte BLANK = 1;

	private static final byte PART_OF_WORD = 2;

	private static final byte PUNCTUATION = 3;

	/** What each byte is between texts. */
	private static final byte[] KINDS = kinds();

	private final BodyLimits limits;

	private final TextScan text = new TextScan();

	private int values;

	private int depth;

	/** Characters outside of texts. */
	private long others;

	/** Whether nothing but white space came after a colon. */
	private boolean afterColon;

	/** How much of a number, or of a word like {@code true}, has been seen. */
	private int word;

	JsonScan(BodyLimits limits) {
		this.limits = limits;
	}

	private static byte[] kinds() {
		byte[] kinds = new byte[256];
		// The last three are a byte order mark.
		set(kinds, " \t\r\n\u00EF\u00BB\u00BF", BLANK);
		set(kinds, "0123456789+-.eEtruefalsn", PART_OF_WORD);
		set(kinds, ",:{}[]\"", PUNCTUATION);
		return kinds;
	}

	private static void set(byte[] kinds, String bytes, byte kind) {
		bytes.chars().forEach((next) -> kinds[next] = kind);
	}

	/**
	 * Goes on.
	 * @param bytes holds the next bytes
	 * @param from the first of them
	 * @param to the first after them
	 * @throws RefusedBodyException if that is too much
	 */
	void accept(byte[] bytes, int from, int to) {
		int index = from;
		while (index < to) {
			index = this.text.open() ? this.text.accept(bytes, index, to) : between(bytes, index, to);
		}
		if (this.others + this.text.characters() > this.limits.characters()) {
			throw this.limits.tooManyCharacters();
		}
	}

	/** Goes on to the beginning of the next text. */
	private int between(byte[] bytes, int from, int to) {
		int index = from;
		while (index < to && !this.text.open()) {
			byte next = bytes[index++];
			byte kind = KINDS[next & 0xFF];
			if (kind == NO_JSON) {
				throw RefusedBodyException.unreadable();
			}
			if (kind == PART_OF_WORD) {
				word();
			}
			else {
				this.word = 0;
				if (kind == PUNCTUATION) {
					punctuation(next);
				}
			}
		}
		this.others += index - from;
		return index;
	}

	private void word() {
		this.afterColon = false;
		if (++this.word > LONGEST_NUMBER) {
			throw tooComplex("has a number of more than " + LONGEST_NUMBER + " characters");
		}
	}

	private void punctuation(byte next) {
		switch (next) {
			case '"' -> this.text.begin(this.afterColon);
			case ',', ':' -> count();
			case '{', '[' -> {
				count();
				if (++this.depth > this.limits.nesting()) {
					throw tooComplex("is nested deeper than " + this.limits.nesting() + " levels");
				}
			}
			default -> this.depth--;
		}
		this.afterColon = next == ':';
	}

	private void count() {
		if (++this.values > this.limits.values()) {
			throw tooComplex("has more than " + this.limits.values() + " values");
		}
	}

	private static RefusedBodyException tooComplex(String what) {
		return new RefusedBodyException(Reason.TOO_COMPLEX, "The request " + what + ".");
	}

}
