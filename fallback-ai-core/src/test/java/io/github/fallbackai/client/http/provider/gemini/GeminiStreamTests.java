// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.gemini;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointEvent.Finished;
import io.github.fallbackai.client.EndpointEvent.Identified;
import io.github.fallbackai.client.EndpointEvent.Text;
import io.github.fallbackai.client.EndpointEvent.ToolCallComplete;
import io.github.fallbackai.client.EndpointEvent.ToolCallProgress;
import io.github.fallbackai.client.EndpointEvent.UsageReported;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of how {@link GeminiDialect} reads streams and what else is particular to it.
 */
class GeminiStreamTests {

	private static final Identified IDENTIFIED = new Identified("resp-f1", "model-a-2025");

	private static final UsageReported SO_FAR = new UsageReported(new Usage(12, 1, null, null));

	private static final UsageReported USAGE = new UsageReported(new Usage(12, 7, 4L, 3L));

	private static final Finished STOP = new Finished(FinishReason.STOP, "STOP");

	private final GeminiDialect dialect = new GeminiDialect();

	@Test
	void readsTextFinishReasonAndUsage() {
		assertThat(decode("text")).containsExactly(IDENTIFIED, new Text("Guten"), SO_FAR, new Text(" Tag 👋"), SO_FAR,
				STOP, USAGE);
	}

	@Test
	void readsTextBesideTheFinishReason() {
		assertThat(decode("finish-beside-text")).endsWith(new Text(" Tag 👋"), STOP, USAGE);
	}

	@Test
	void finishesACandidateWithoutContent() {
		assertThat(decode("without-content")).containsExactly(IDENTIFIED,
				new Finished(FinishReason.LENGTH, "MAX_TOKENS"), USAGE);
	}

	@Test
	void keepsTheIdsOfCallsThatHaveSome() {
		assertThat(decode("tool-calls-with-ids")).contains(new ToolCallProgress(),
				new ToolCallComplete(new ToolCall("fc_a", "weather", "{\"city\":\"Oslo\"}")),
				new ToolCallComplete(new ToolCall("fc_b", "now", "{}")), new Finished(FinishReason.TOOL_CALLS, "STOP"));
	}

	@Test
	void givesCallsOfNamelessResponsesIdsThatAreTheirOwn() {
		String response = "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"now\"}},"
				+ "{\"functionCall\":{\"name\":\"now\"}}]},\"finishReason\":\"STOP\"}]}";
		assertThat(Stream.of(response, response)
			.flatMap((data) -> Fixtures.decode(this.dialect, data).stream())
			.filter(ToolCallComplete.class::isInstance)
			.map((event) -> ((ToolCallComplete) event).toolCall().id())).hasSize(4)
			.doesNotHaveDuplicates()
			.allMatch((id) -> id.matches("call_[0-9a-f]{32}"));
	}

	@Test
	void deliversWhatTheFilterForRecitationCut() {
		assertThat(decode("recitation")).contains(new Text("Guten"),
				new Finished(FinishReason.CONTENT_FILTER, "RECITATION"));
	}

	@ParameterizedTest
	@CsvSource({ "prompt-blocked, CONTENT_FILTERED", "malformed-function-call, REJECTED" })
	void failsWithTheKindOfItsError(String fixture, FailureKind kind) {
		assertThat(catchThrowableOfType(EndpointException.class, () -> decode(fixture)).failure().kind())
			.isEqualTo(kind);
	}

	@Test
	void readsAStreamThatIsOneArray() {
		List<EndpointEvent> events = this.dialect.decodeUnary(new ResponseHead(200, Map.of()),
				Fixtures.bytes("gemini/answers/array.json"));
		assertThat(events).containsExactly(IDENTIFIED, new Text("Guten"), SO_FAR, new Text(" Tag 👋"), STOP, USAGE);
	}

	@Test
	void waitsAsLongAsTheBodyAsks() {
		Failure failure = classify(Map.of());
		assertThat(failure.retryAfter()).isEqualTo(Duration.ofMillis(36_500));
		assertThat(failure).hasToString("RATE_LIMITED, HTTP 429, RESOURCE_EXHAUSTED");
	}

	@ParameterizedTest
	@CsvSource({ "10, 36.5", "60, 60", "soon, 36.5" })
	void waitsForTheLongerOfHeaderAndBody(String header, double seconds) {
		assertThat(classify(Map.of("Retry-After", header)).retryAfter().toMillis()).isEqualTo((long) (seconds * 1000));
	}

	@Test
	void reportsTheReasonOfAnErrorAsItsCode() {
		Failure failure = this.dialect.classify(new ResponseHead(400, Map.of()),
				Fixtures.bytes("gemini/errors/invalid-key.json"));
		assertThat(failure).hasToString("AUTHENTICATION, HTTP 400, API_KEY_INVALID");
	}

	private Failure classify(Map<String, String> headers) {
		return this.dialect.classify(new ResponseHead(429, headers), Fixtures.bytes("gemini/errors/rate-limit.json"));
	}

	private List<EndpointEvent> decode(String fixture) {
		StreamDecoder decoder = this.dialect.streamDecoder(new ResponseHead(200, Map.of()));
		List<EndpointEvent> events = new ArrayList<>();
		for (ServerEvent event : Fixtures.events("gemini/streams/" + fixture + ".sse")) {
			events.addAll(decoder.decode(event));
		}
		events.addAll(decoder.end());
		return events;
	}

}
