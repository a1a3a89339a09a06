// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads strings of JSON text in place, as a parser would, or not at all.
 */
final class JsonText {

	private static final char REPLACEMENT = '\uFFFD';

	private static final int UNICODE_DIGITS = 4;

	private static final int HEXADECIMAL = 16;

	private JsonText() {
	}

	/**
	 * Finds the quote that ends a string.
	 * @param bytes JSON text
	 * @param from where the string begins, after its quote
	 * @param to where the text ends
	 * @return where the quote is, -1 if there is none, or before it what no string has
	 */
	static int end(byte[] bytes, int from, int to) {
		for (int i = from; i < to; i++) {
			byte value = bytes[i];
			if (value == '"') {
				return i;
			}
			if (value == '\\') {
				i++;
			}
			else if (value >= 0 && value < ' ') {
				return -1;
			}
		}
		return -1;
	}

	/** Whether a part of a string is made of printable ASCII without escapes. */
	static boolean plain(byte[] bytes, int from, int to) {
		for (int i = from; i < to; i++) {
			if (bytes[i] < ' ' || bytes[i] == '"' || bytes[i] == '\\') {
				return false;
			}
		}
		return true;
	}

	/**
	 * Reads a string.
	 * @param bytes JSON text
	 * @param from where the string begins, after its quote
	 * @param to where its closing quote is
	 * @return the string, or {@code null} if it is malformed
	 */
	static @Nullable String read(byte[] bytes, int from, int to) {
		boolean escaped = false;
		for (int i = from; i < to && !escaped; i++) {
			escaped = bytes[i] == '\\';
		}
		String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
		if (text.indexOf(REPLACEMENT) >= 0) {
			return null;
		}
		return escaped ? unescaped(text) : text;
	}

	private static @Nullable String unescaped(String text) {
		StringBuilder plain = new StringBuilder(text.length());
		int start = 0;
		for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', start)) {
			plain.append(text, start, i);
			char kind = (i + 1 < text.length()) ? text.charAt(i + 1) : ' ';
			int value = (kind == 'u') ? unicode(text, i + 2) : simple(kind);
			if (value < 0) {
				return null;
			}
			plain.append((char) value);
			start = i + 2 + ((kind == 'u') ? UNICODE_DIGITS : 0);
		}
		return plain.append(text, start, text.length()).toString();
	}

	private static int simple(char kind) {
		return switch (kind) {
			case '"', '\\', '/' -> kind;
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			default -> -1;
		};
	}

	private static int unicode(String text, int from) {
		if (from + UNICODE_DIGITS > text.length()) {
			return -1;
		}
		int value = 0;
		for (int i = from; i < from + UNICODE_DIGITS; i++) {
			char digit = text.charAt(i);
			int number = (digit < 128) ? Character.digit(digit, HEXADECIMAL) : -1;
			if (number < 0) {
				return -1;
			}
			value = value * HEXADECIMAL + number;
		}
		return value;
	}

}
