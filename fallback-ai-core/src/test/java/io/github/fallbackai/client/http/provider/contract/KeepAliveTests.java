// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.client.http.provider.gemini.GeminiDialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Events that only keep a connection alive are no content, and no garbage either.
 */
class KeepAliveTests {

	static Stream<Dialect> dialects() {
		return Stream.of(new OpenAiDialect(), new AnthropicDialect(), new GeminiDialect());
	}

	@ParameterizedTest
	@MethodSource("dialects")
	void passesOverKeepAlives(Dialect dialect) {
		List<ServerEvent> events = List.of(message("null"), message("ping"), message(" PING "), message("keep-alive"),
				message("\"heartbeat\""), new ServerEvent("keepalive", "still there"), new ServerEvent("ping", "oops"),
				new ServerEvent("Keep-Alive", "1764275000"));
		StreamDecoder decoder = dialect.streamDecoder(new ResponseHead(200, Map.of()));
		List<EndpointEvent> decoded = new ArrayList<>();
		events.forEach((event) -> decoded.addAll(decoder.decode(event)));
		assertThat(decoded).isEmpty();
		assertThat(decoder.finished()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("dialects")
	void failsForGarbageInPlaceOfContent(Dialect dialect) {
		for (String garbage : List.of("Welcome", "{oops", "pingpong", "nul", "42")) {
			assertThat(catchThrowableOfType(EndpointException.class, () -> Fixtures.decode(dialect, garbage)).failure()
				.kind()).as(garbage).isEqualTo(FailureKind.INVALID_RESPONSE);
		}
	}

	private static ServerEvent message(String data) {
		return new ServerEvent(ServerEvent.MESSAGE, data);
	}

}
