// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.fallbackai.client.http.wire.ServerEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link SseDecoder}.
 */
class SseDecoderTests {

	private static final String EVERYTHING = "\uFEFF: hello\n" + "data: grüße 👋 世界\r\n\r\n" + "event: ping\rdata\r\r"
			+ "retry: abc\nid: 7\ndata:first\ndata:  second\n\n" + ":\n\n" + "data: cr\r\rdata: lf\n\n" + "event: x\n\n"
			+ "data: last\n\n";

	private static final List<ServerEvent> EVENTS = List.of(message("grüße 👋 世界"), new ServerEvent("ping", ""),
			message("first\n second"), message("cr"), message("lf"), message("last"));

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r", "\r\n" })
	void endsLinesAtEveryKindOfLineEnd(String end) {
		assertThat(decode("data: a" + end + "data: b" + end + end + "data: c" + end + end))
			.containsExactly(message("a\nb"), message("c"));
	}

	@Test
	void givesTheSameEventsWhereverTheBuffersAreCutInTwo() {
		byte[] bytes = EVERYTHING.getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= bytes.length; cut++) {
			assertThat(decode(bytes, cut)).as("cut at %d", cut).isEqualTo(EVENTS);
		}
	}

	@Test
	void givesTheSameEventsWhereverTheBuffersAreCutInThree() {
		byte[] bytes = EVERYTHING.getBytes(StandardCharsets.UTF_8);
		for (int first = 0; first <= bytes.length; first++) {
			for (int second = first; second <= bytes.length; second++) {
				assertThat(decode(bytes, first, second)).as("cuts at %d and %d", first, second).isEqualTo(EVENTS);
			}
		}
	}

	@Test
	void givesTheSameEventsByteByByte() {
		byte[] bytes = EVERYTHING.getBytes(StandardCharsets.UTF_8);
		int[] cuts = new int[bytes.length];
		Arrays.setAll(cuts, (index) -> index);
		assertThat(decode(bytes, cuts)).isEqualTo(EVENTS);
	}

	@Test
	void removesOneSpaceAfterTheColonAndNoMore() {
		assertThat(decode("data:a\n\ndata: a\n\ndata:  a \n\n")).containsExactly(message("a"), message("a"),
				message(" a "));
	}

	@Test
	void treatsAByteOrderMarkAsContentExceptAtTheVeryBeginning() {
		assertThat(decode("\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: \uFEFFc\n\n")).containsExactly(message("a"),
				message("\uFEFFc"));
	}

	@Test
	void skipsASecondByteOrderMarkAtTheVeryBeginning() {
		assertThat(decode("\uFEFF\uFEFFdata: a\n\n")).containsExactly(message("a"));
	}

	@Test
	void ignoresCommentsUnknownFieldsAndAnInvalidRetry() {
		assertThat(decode(": keep-alive\n\nretry: abc\n\ndatabase: x\n\ndat\n\nid: 1\ndata: a\n\n"))
			.containsExactly(message("a"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: a", "data: a\n", "data: a\r", "data: a\r\ndata: b\r\n" })
	void neverDispatchesATruncatedEvent(String stream) {
		assertThat(decode(stream)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: a\n\nerror: {\"code\":1}\n\ndata: [DONE]\n\n",
			"data: a\n\nerror: {\"code\":1}\ndata: [DONE]\n\n",
			"data: a\nerror:{\"code\":1}\n: ping\ndata: [DONE]\n\n" })
	void takesAnErrorFieldForAnEventOfItsOwn(String stream) {
		assertThat(decode(stream)).containsExactly(message("a"), new ServerEvent(ServerEvent.ERROR, "{\"code\":1}"),
				message("[DONE]"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: a\n\n{\"code\":1}\n\ndata: [DONE]\n\n", "data: a\n\n{\"code\":1}\ndata: [DONE]\n\n",
			"data: a\n{\"code\":1}\ndata: [DONE]\n\n", "data: a\n\n{\"code\":1}\n[DONE]\n\n" })
	void takesJsonInALineOfItsOwnForAnEvent(String stream) {
		assertThat(decode(stream)).containsExactly(message("a"), message("{\"code\":1}"), message("[DONE]"));
	}

	@Test
	void takesJsonOverSeveralLinesForOneEvent() {
		assertThat(decode("data: a\n\n{\n  \"error\": {\n    \"code\": 1\n  }\n}\n\ndata: b\n\n"))
			.containsExactly(message("a"), message("{\n  \"error\": {\n    \"code\": 1\n  }\n}"), message("b"));
	}

	@Test
	void doesNotCarryATypeOverToTheNextEvent() {
		assertThat(decode("event: error\n\ndata: a\n\nevent: error\ndata: b\n\ndata: c\n\n"))
			.containsExactly(message("a"), new ServerEvent("error", "b"), message("c"));
	}

	@Test
	void replacesMalformedUtf8() {
		assertThat(decode(new byte[] { 'd', 'a', 't', 'a', ':', (byte) 0xC3, '\n', '\n' }))
			.containsExactly(message("\uFFFD"));
	}

	@Test
	void refusesAnEventThatExceedsTheLimit() {
		assertThat(decode("data:" + "x".repeat(995) + "\n\n")).hasSize(1);
		assertThatExceptionOfType(ResponseTooLargeException.class)
			.isThrownBy(() -> decode("data: " + "x".repeat(600) + "\ndata: " + "x".repeat(600) + "\n\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: ", ": ", "" })
	void refusesALineThatExceedsTheLimitBeforeItEnds(String prefix) {
		assertThatExceptionOfType(ResponseTooLargeException.class).isThrownBy(() -> decode(prefix + "x".repeat(1001)));
	}

	private static List<ServerEvent> decode(String stream) {
		return decode(stream.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The array is used for something else right after that, as a thread's own one is.
	 */
	private static void read(SseDecoder decoder, byte[] bytes, List<ServerEvent> events) {
		decoder.decode(bytes, 0, bytes.length, (event) -> !events.add(event.toEvent()));
		Arrays.fill(bytes, (byte) 'x');
	}

	private static List<ServerEvent> decode(byte[] bytes, int... cuts) {
		SseDecoder decoder = new SseDecoder(1000);
		List<ServerEvent> events = new ArrayList<>();
		int from = 0;
		for (int cut : cuts) {
			byte[] part = Arrays.copyOfRange(bytes, from, cut);
			read(decoder, part, events);
			from = cut;
		}
		byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
		read(decoder, rest, events);
		return events;
	}

	private static ServerEvent message(String data) {
		return new ServerEvent(ServerEvent.MESSAGE, data);
	}

}
