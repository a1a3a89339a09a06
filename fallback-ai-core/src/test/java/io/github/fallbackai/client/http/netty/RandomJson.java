// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * JSON without sense, made of the words of a stream that makes sense, so that it reaches
 * deep into a decoder.
 */
final class RandomJson {

	private static final List<String> VALUES = List.of("null", "true", "0", "-1", "1e400", "99999999999999999999",
			"\"\"", "\"{\"", "\"{}\"", "[]", "{}", "\"\\uD83D\"");

	private final Random random;

	private final List<String> words;

	RandomJson(Random random, String stream) {
		this.random = random;
		this.words = Pattern.compile("\"\\w+\"").matcher(stream).results().map(MatchResult::group).toList();
	}

	String next() {
		return value(6);
	}

	private String value(int depth) {
		int kind = (depth == 0) ? this.random.nextInt(2) : this.random.nextInt(8);
		return switch (kind) {
			case 0 -> any(VALUES);
			case 1 -> any(this.words);
			case 2, 3 -> IntStream.range(0, this.random.nextInt(3))
				.mapToObj((index) -> value(depth - 1))
				.collect(Collectors.joining(",", "[", "]"));
			default -> IntStream.range(0, 1 + this.random.nextInt(4))
				.mapToObj((index) -> any(this.words) + ":" + value(depth - 1))
				.collect(Collectors.joining(",", "{", "}"));
		};
	}

	private String any(List<String> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
