// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes inputs of other inputs: changes, removes, repeats and exchanges bytes, words and
 * whole stretches. Repeating goes up to a length at which work that is not linear takes
 * noticeably long. Not safe for use by several threads.
 */
final class Mutator {

	private static final int LONGEST = 64 * 1024;

	private static final List<String> WORDS = List.of("null", "true", "false", "0", "-1", "1e999", "1e-999",
			"99999999999999999999", "9".repeat(400), "0.1", "[]", "{}", "[", "]", "{", "}", ",", ":", "\"", "\"\"",
			"\\", "\\u0000", "\\ud83d", "\\udc00", "\\n", "\n", "\r", "\r\n", "\n\n", "data: ", "data",
			"event: error\n", "error: ", ": ", "[DONE]", "\uFEFF", "\u2028", "\u202E", "\u001b[2J", "\u0000",
			"\uD83D\uDE00", "%00", "%", " ", "  ", "\t", "=", "-", "+", "max_", "error", "stop", "length");

	private static final Pattern TOKEN = Pattern
		.compile("[A-Za-z_0-9]+|\"(?:[^\"\\\\\\n]|\\\\.){0,80}\"|[^A-Za-z_0-9\\s]|\\s+");

	private final Random random;

	private final List<byte[]> corpus;

	private final List<byte[]> words = new ArrayList<>();

	Mutator(Random random, List<byte[]> corpus) {
		this.random = random;
		this.corpus = corpus;
		WORDS.forEach((word) -> this.words.add(bytes(word)));
		for (byte[] input : corpus) {
			String text = new String(input, StandardCharsets.ISO_8859_1);
			TOKEN.matcher(text)
				.results()
				.limit(2000)
				.map((found) -> found.group())
				.distinct()
				.limit(300)
				.forEach((word) -> this.words.add(word.getBytes(StandardCharsets.ISO_8859_1)));
		}
	}

	/** The next input. */
	byte[] next() {
		byte[] input = any(this.corpus);
		for (int times = 1 + this.random.nextInt(this.random.nextInt(6) + 1); times > 0; times--) {
			input = changed(input);
		}
		return (input.length <= LONGEST) ? input : join(input, 0, LONGEST, new byte[0], input.length);
	}

	private byte[] changed(byte[] input) {
		int from = this.random.nextInt(input.length + 1);
		int to = from + this.random.nextInt(Math.min(input.length - from, this.random.nextBoolean() ? 8 : 400) + 1);
		return switch (this.random.nextInt(10)) {
			case 0 ->
				join(input, 0, from, new byte[] { (byte) this.random.nextInt(256) }, Math.min(from + 1, input.length));
			case 1 -> join(input, 0, from, new byte[0], to);
			case 2 -> join(input, 0, from, any(this.words), from);
			case 3 -> join(input, 0, from, any(this.words), to);
			case 4 -> join(input, 0, to, stretch(input, from, to), to);
			case 5 -> join(input, 0, from, stretchOf(any(this.corpus)), to);
			case 6 -> join(input, 0, from, new byte[0], input.length);
			case 7 -> repeated(input, from, to);
			case 8 -> wordForWord(input);
			default -> join(input, 0, from, any(this.words), Math.min(from + 1, input.length));
		};
	}

	/** Puts a word where another one is. */
	private byte[] wordForWord(byte[] input) {
		String text = new String(input, StandardCharsets.ISO_8859_1);
		List<MatchResult> found = TOKEN.matcher(text).results().limit(3000).toList();
		if (found.isEmpty()) {
			return input;
		}
		var word = found.get(this.random.nextInt(found.size()));
		return join(input, 0, word.start(), any(this.words), word.end());
	}

	private byte[] repeated(byte[] input, int from, int to) {
		byte[] part = this.random.nextBoolean() ? stretch(input, from, to) : any(this.words);
		int most = (this.random.nextInt(8) == 0) ? LONGEST : 1000;
		ByteArrayOutputStream many = new ByteArrayOutputStream();
		for (int left = this.random.nextInt(most); left > 0 && part.length > 0; left -= part.length) {
			many.writeBytes(part);
		}
		return join(input, 0, from, many.toByteArray(), from);
	}

	private byte[] stretchOf(byte[] other) {
		int from = this.random.nextInt(other.length + 1);
		return stretch(other, from, from + this.random.nextInt(other.length - from + 1));
	}

	private static byte[] stretch(byte[] input, int from, int to) {
		return Arrays.copyOfRange(input, from, to);
	}

	private static byte[] join(byte[] input, int from, int to, byte[] between, int rest) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream(to - from + between.length + input.length - rest);
		joined.write(input, from, to - from);
		joined.writeBytes(between);
		joined.write(input, rest, input.length - rest);
		return joined.toByteArray();
	}

	private <T> T any(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
