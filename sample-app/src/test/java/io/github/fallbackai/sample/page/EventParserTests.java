// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page's reader of event streams, run where it runs.
 */
@DemoTest
@Tag("slow")
class EventParserTests {

	private static final String PARSE = """
			const [streams, done] = arguments;
			import("/sse.js").then(({ EventParser }) => done(streams.map((pieces) => {
				const parser = new EventParser();
				return pieces.flatMap((piece) => parser.push(piece));
			})));
			""";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@Autowired
	private Chaos chaos;

	@LocalServerPort
	private int port;

	@BeforeEach
	void open() {
		this.chaos.end();
		ChatPage.open(chromium.driver(), this.port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void readsTheSameHoweverTheStreamIsCut(String end) {
		String stream = String.join(end, ": hello", "", "event:delta", "data:{\"text\":\"a: b\"}", "", "id: 7",
				"data: one", "data:two", "", "event: done", "", "event: last", "data", "", "x");
		List<List<String>> streams = IntStream.rangeClosed(0, stream.length())
			.mapToObj((cut) -> List.of(stream.substring(0, cut), stream.substring(cut)))
			.toList();
		assertThat(parse(streams)).hasSameSizeAs(streams)
			.containsOnly(List.of(Map.of("event", "delta", "data", "{\"text\":\"a: b\"}"),
					Map.of("event", "message", "data", "one\ntwo"), Map.of("event", "last", "data", "")));
	}

	@Test
	void dropsAnEventThatWasCutOff() {
		assertThat(parse(List.of(List.of("event: delta\ndata: whole\n\nevent: delta\ndata: half\n"))))
			.containsExactly(List.of(Map.of("event", "delta", "data", "whole")));
	}

	private static List<Object> parse(List<List<String>> streams) {
		return List.copyOf((List<?>) chromium.driver().executeAsyncScript(PARSE, streams));
	}

}
