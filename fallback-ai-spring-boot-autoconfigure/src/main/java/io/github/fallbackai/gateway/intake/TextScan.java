// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the ends of the texts within a JSON text, and counts their characters. Embedded
 * images, audio and files are no text: they are known by the names of their members.
 */
final class TextScan {

	private static final byte[] DATA_URL = bytes("data:");

	/** Members whose value is data if it is a {@code data:} URL. */
	private static final byte[][] LINKS = { bytes("url"), bytes("image_url") };

	/** Members whose value is data. */
	private static final byte[][] DATA = { bytes("data"), bytes("file_data") };

	/** More than the longest of these names. */
	private static final int BEGINNING = 12;

	/** What may follow a backslash, apart from {@code u}. */
	private static final String ESCAPES = "\"\\/bfnrt";

	/** Outside of an escaped character. */
	private static final int PLAIN = 0;

	private static final int AFTER_BACKSLASH = -1;

	/** So many digits are still to come; first these, after a {@code u}. */
	private static final int DIGITS = 4;

	private static final byte SPECIAL = -1;

	/**
	 * Whether a byte begins a character (1) or goes on with one (0). The few others mean
	 * something else.
	 */
	private static final byte[] BEGINS = begins();

	private final byte[] beginning = new byte[BEGINNING];

	private int known;

	private boolean open;

	private int place = PLAIN;

	private boolean link;

	private boolean data;

	private long characters;

	private static byte[] begins() {
		byte[] begins = new byte[256];
		Arrays.fill(begins, 0, 0x80, (byte) 1);
		Arrays.fill(begins, 0xC0, 0x100, (byte) 1);
		// Parsers guess UTF-16 and UTF-32 from zeros and byte order marks.
		for (int special : new int[] { '"', '\\', 0, 0xFE, 0xFF }) {
			begins[special] = SPECIAL;
		}
		return begins;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/** Whether a text has begun and not ended. */
	boolean open() {
		return this.open;
	}

	/** Characters of all texts by now. */
	long characters() {
		return this.characters;
	}

	/**
	 * A text begins.
	 * @param named whether it is the value of the member whose name was the text before
	 */
	void begin(boolean named) {
		this.data = named && isOneOf(DATA);
		this.link = named && isOneOf(LINKS);
		this.known = 0;
		this.open = true;
	}

	private boolean isOneOf(byte[][] names) {
		for (byte[] name : names) {
			if (this.known == name.length && beginsWith(name)) {
				return true;
			}
		}
		return false;
	}

	private boolean beginsWith(byte[] start) {
		return this.known >= start.length && Arrays.equals(this.beginning, 0, start.length, start, 0, start.length);
	}

	/**
	 * Goes on to the end of the text.
	 * @param bytes holds the next bytes
	 * @param from the first of them
	 * @param to the first after them
	 * @return the first after those that belong to the text
	 * @throws RefusedBodyException if these are no characters
	 */
	int accept(byte[] bytes, int from, int to) {
		int index = from;
		int count = 0;
		int place = this.place;
		while (index < to) {
			byte next = bytes[index++];
			byte begins = BEGINS[next & 0xFF];
			if (place != PLAIN) {
				place = escaped(next, place);
				count += (place == PLAIN) ? 1 : 0;
			}
			else if (begins != SPECIAL) {
				count += begins;
			}
			else if (next == '\\') {
				place = AFTER_BACKSLASH;
			}
			else if (next == '"') {
				this.open = false;
				remember(bytes, from, index - 1);
				break;
			}
			else {
				throw RefusedBodyException.unreadable();
			}
		}
		this.place = place;
		if (this.open) {
			remember(bytes, from, index);
		}
		if (!this.data) {
			this.characters += count;
		}
		return index;
	}

	/** Where the next byte is after one that belongs to an escaped character. */
	private static int escaped(byte next, int place) {
		if (place == AFTER_BACKSLASH && next == 'u') {
			return DIGITS;
		}
		boolean right = (place == AFTER_BACKSLASH) ? ESCAPES.indexOf(next) >= 0 : Character.digit(next, 16) >= 0;
		if (!right) {
			throw RefusedBodyException.unreadable();
		}
		return (place == AFTER_BACKSLASH) ? PLAIN : place - 1;
	}

	private void remember(byte[] bytes, int from, int to) {
		int more = Math.min(to - from, BEGINNING - this.known);
		System.arraycopy(bytes, from, this.beginning, this.known, more);
		this.known += more;
		this.data |= this.link && beginsWith(DATA_URL);
	}

}
