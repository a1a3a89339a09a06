// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointEvent.Finished;
import io.github.fallbackai.client.EndpointEvent.Identified;
import io.github.fallbackai.client.EndpointEvent.PartEnded;
import io.github.fallbackai.client.EndpointEvent.Reasoning;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of how {@link AnthropicDialect} reads streams.
 */
class AnthropicStreamTests {

	private static final Identified IDENTIFIED = new Identified("msg_f1", "model-a-2025");

	/** What the prompt cost, known from the beginning. */
	private static final UsageReported PROMPT = new UsageReported(new Usage(12, 1, 4L, null, 2L));

	private static final UsageReported USAGE = new UsageReported(new Usage(12, 7, 4L, 3L, 2L));

	private static final Finished END = new Finished(FinishReason.STOP, "end_turn");

	private static final ToolCallProgress PROGRESS = new ToolCallProgress();

	private final List<EndpointEvent> events = new ArrayList<>();

	@Test
	void readsTextStopReasonAndUsage() {
		assertThat(decode("text")).containsExactly(IDENTIFIED, PROMPT, new Text("Guten"), new Text(" Tag 👋"), END,
				USAGE);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "data-only", "duplicate-start", "unknown-events", "text-without-stop", "error-after-finish" })
	void readsTheSameTextInSpiteOf(String fixture) {
		assertThat(decode(fixture)).startsWith(IDENTIFIED, PROMPT)
			.contains(new Text("Guten"), new Text(" Tag 👋"))
			.endsWith(END, USAGE);
	}

	@ParameterizedTest
	@CsvSource({ "stop-sequence, STOP, stop_sequence", "length, LENGTH, max_tokens",
			"context-window, LENGTH, model_context_window_exceeded", "pause-turn, OTHER, pause_turn" })
	void keepsTheRawStopReason(String fixture, FinishReason reason, String raw) {
		assertThat(decode(fixture)).contains(new Finished(reason, raw));
	}

	@Test
	void isCompleteAtTheStopIfThereWasContent() {
		assertThat(decode("stop-without-reason")).endsWith(new Text(" Tag 👋"), new Finished(FinishReason.STOP, null));
	}

	@Test
	void reportsHiddenThinkingAsProgressWithoutText() {
		assertThat(decode("reasoning")).containsExactly(IDENTIFIED, PROMPT, new Reasoning("Let me"),
				new Reasoning(" think."), new Reasoning(""), thought("c2ln", null), new Reasoning(""),
				thought(null, "b3BhcXVl"), new Text("42"), END, USAGE);
	}

	private static PartEnded thought(@Nullable String signature, @Nullable String encrypted) {
		return new PartEnded(new ReasoningPart("", signature, encrypted, new ProviderState(null, "anthropic", "{}")));
	}

	@Test
	void reportsEveryFragmentOfAToolCallAsProgress() {
		assertThat(decode("tool-calls").subList(2, 8)).containsOnly(PROGRESS);
	}

	@Test
	void takesMissingArgumentsForNone() {
		assertThat(decode("tool-call-without-arguments"))
			.contains(new ToolCallComplete(new ToolCall("toolu_a", "now", "{}")));
	}

	@Test
	void dropsAToolCallThatTheTokenLimitCut() {
		assertThat(decode("tool-call-cut-by-length")).contains(new Finished(FinishReason.LENGTH, "max_tokens"))
			.noneMatch(ToolCallComplete.class::isInstance);
	}

	@Test
	void forgetsToolCallsFromBeforeASecondStart() {
		assertThat(decode("spliced-start").stream().filter(ToolCallComplete.class::isInstance))
			.containsExactly(new ToolCallComplete(new ToolCall("toolu_a", "weather", "{\"city\":\"Oslo\"}")));
	}

	@ParameterizedTest
	@CsvSource({ "spliced-start-after-text, CONNECTION_LOST", "stop-at-once, EMPTY_RESPONSE",
			"tool-call-malformed, INVALID_RESPONSE", "error-without-type, SERVER_ERROR" })
	void failsWithTheKindOfItsError(String fixture, FailureKind kind) {
		assertThat(failureOf(fixture).kind()).isEqualTo(kind);
	}

	@Test
	void deliversWhatCameBeforeAnError() {
		Failure failure = failureOf("error-event");
		assertThat(this.events).containsExactly(IDENTIFIED, PROMPT, new Text("Guten"), new Text(" Tag 👋"));
		assertThat(failure).hasToString("RATE_LIMITED, HTTP 200, rate_limit_error");
		assertThat(failure.requestId()).isEqualTo("req_9");
	}

	@Test
	void knowsTheLastEventWithAndWithoutItsName() {
		StreamDecoder decoder = new AnthropicDialect().streamDecoder(head());
		assertThat(decoder.last(new ServerEvent("message_stop", "{}"))).isTrue();
		assertThat(decoder.last(new ServerEvent("message", "{\"type\":\"message_stop\"}"))).isTrue();
		assertThat(Fixtures.events("anthropic/streams/text-without-stop.sse")).noneMatch(decoder::last);
	}

	private Failure failureOf(String fixture) {
		return catchThrowableOfType(EndpointException.class, () -> decode(fixture)).failure();
	}

	private List<EndpointEvent> decode(String fixture) {
		StreamDecoder decoder = new AnthropicDialect().streamDecoder(head());
		for (ServerEvent event : Fixtures.events("anthropic/streams/" + fixture + ".sse")) {
			// What only clients of the API read comes beside all that is tested here.
			decoder.decode(event)
				.stream()
				.filter((read) -> !(read instanceof EndpointEvent.Remarked))
				.forEach(this.events::add);
		}
		this.events.addAll(decoder.end());
		return this.events;
	}

	private static ResponseHead head() {
		return new ResponseHead(200, Map.of("request-id", "req_9"));
	}

}
