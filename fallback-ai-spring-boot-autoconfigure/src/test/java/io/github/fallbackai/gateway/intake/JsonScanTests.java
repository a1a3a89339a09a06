// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a request has too much of, whatever pieces it comes in.
 */
class JsonScanTests {

	private static final BodyLimits LIMITS = new BodyLimits(1000, 5, 50, 3, Duration.ofSeconds(1), 1000);

	private static final BodyLimits MANY = BodyLimits.of(10_000, Duration.ofSeconds(1));

	@ParameterizedTest
	@ValueSource(strings = { "[[[1]]]", "[1,2,3,4,5]", "{\"a\":1,\"b\":2}", "[\"[[[[[,,,,,,:::\"]",
			"[\"\\\"[[[[,,,,,,\",\"\\\\\"]", "[\"ä€😀\"]", "[],[],[]", "   ", "1 2 3", "\uFEFF{\"a\": -1.5e+3}",
			"[true,false,null]", "{\"data\":\"A long text that would be too long if it was no data\"}" })
	void letsThrough(String json) {
		for (int piece = 1; piece <= 7; piece++) {
			scan(json, piece);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "[[[[1]]]]", "[1,2,3,4,5,6]", "{\"a\":1,\"b\":2,\"c\":3}", "[\"\\\\\",[[[1]]]]",
			"[\"\\\\\\\"\",1,2,3,4,5,6]", "[\"x\":[1],[2],[3]]" })
	void findsTooMuch(String json) {
		for (int piece = 1; piece <= 7; piece++) {
			int size = piece;
			assertThatThrownBy(() -> scan(json, size)).isInstanceOfSatisfying(RefusedBodyException.class,
					(refused) -> assertThat(refused.reason()).isEqualTo(RefusedBodyException.Reason.TOO_COMPLEX));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "[\"A long text that is too long unless it would be data\"]",
			"{\"a\":\"A long text that is too long unless it would be data\"}",
			"{\"data\":[\"A long text that is too long unless it would be data\"]}",
			"[\"data\",\"A long text that is too long unless it would be data\"]",
			"{\"data\":1 \"A long text that is too long unless it would be data\"}",
			"                                                   ",
			"{\"A name that is longer than what there may be in all\":1}" })
	void findsTooManyCharacters(String json) {
		for (int piece = 1; piece <= 7; piece++) {
			int size = piece;
			assertThatThrownBy(() -> scan(json, size)).isInstanceOfSatisfying(RefusedBodyException.class,
					(refused) -> assertThat(refused.reason()).isEqualTo(RefusedBodyException.Reason.TOO_LONG));
		}
	}

	@Test
	void findsANumberThatNoParserTakes() {
		scan("[" + "1".repeat(1000) + "]", 1000, MANY);
		assertThatThrownBy(() -> scan("[" + "1".repeat(1001) + "]", 1000, MANY))
			.isInstanceOf(RefusedBodyException.class)
			.hasMessage("The request has a number of more than 1000 characters.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "{'a':1}", "<html>", "[1;2]", "\u00e4" })
	void findsWhatIsNoJson(String text) {
		assertUnreadable(text.getBytes(StandardCharsets.UTF_8));
	}

	/** In UTF-16, half of a character may look like the end of a text. */
	@Test
	void readsNothingButUtf8() {
		assertUnreadable("[\"\u2201\"]".getBytes(StandardCharsets.UTF_16LE));
		assertUnreadable("[\"\u2201\"]".getBytes(StandardCharsets.UTF_16));
		assertUnreadable(new byte[] { '[', '"', 0, '"', ']' });
		assertUnreadable(new byte[] { (byte) 0xFE, (byte) 0xFF });
	}

	private static void assertUnreadable(byte[] bytes) {
		assertThatThrownBy(() -> new JsonScan(LIMITS).accept(bytes, 0, bytes.length)).isInstanceOfSatisfying(
				RefusedBodyException.class,
				(refused) -> assertThat(refused.reason()).isEqualTo(RefusedBodyException.Reason.UNREADABLE));
	}

	private static void scan(String json, int piece) {
		scan(json, piece, LIMITS);
	}

	private static void scan(String json, int piece, BodyLimits limits) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		JsonScan scan = new JsonScan(limits);
		for (int from = 0; from < bytes.length; from += piece) {
			scan.accept(bytes, from, Math.min(bytes.length, from + piece));
		}
	}

}
