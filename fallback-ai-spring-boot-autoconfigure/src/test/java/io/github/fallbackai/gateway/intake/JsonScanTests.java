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

	private static final BodyLimits LIMITS = new BodyLimits(1000, 5, 3, Duration.ofSeconds(1), 1000);

	@ParameterizedTest
	@ValueSource(strings = { "[[[1]]]", "[1,2,3,4,5]", "{\"a\":1,\"b\":2}", "[\"[[[[[,,,,,,:::\"]",
			"[\"\\\"[[[[,,,,,,\",\"\\\\\"]", "[\"ä€😀\"]", "[],[],[]", "   ", "1 2 3" })
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
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		JsonScan scan = new JsonScan(LIMITS);
		for (int from = 0; from < bytes.length; from += piece) {
			scan.accept(bytes, from, Math.min(bytes.length, from + piece));
		}
	}

}
