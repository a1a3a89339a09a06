// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sse;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolExecution;
import io.github.fallbackai.chat.ToolProgress;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.CallRecord;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.failure.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ChatEvents}.
 */
class ChatEventsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String SECRET = "the prompt, quoted by the provider";

	private static final Attempt FAILED = Attempt.builder()
		.endpoint("primary")
		.model("large")
		.outcome(AttemptOutcome.FAILED)
		.failure(FailureKind.OVERLOADED)
		.httpStatus(503)
		.providerCode("busy")
		.providerRequestId("req-1")
		.duration(Duration.ofMillis(7))
		.build();

	private static final Attempt SUCCEEDED = Attempt.builder()
		.number(2)
		.endpoint("backup")
		.model("small")
		.outcome(AttemptOutcome.SUCCEEDED)
		.httpStatus(200)
		.duration(Duration.ofMillis(20))
		.timeToFirstContent(Duration.ofMillis(9))
		.build();

	private static final Skip SKIP = new Skip("local", SkipReason.COOLING_DOWN, FailureKind.RATE_LIMITED,
			Duration.ofMillis(1200));

	private static final CallRecord RECORD = new CallRecord("default", List.of(FAILED), List.of(SKIP));

	@Test
	void namesEveryEventAndGivesItsData() {
		List<ServerSentEvent<String>> events = sse(Flux.just(new ChatEvent.AttemptStarted(1, "primary", "large"),
				new ChatEvent.EndpointSwitched("primary", "backup", "small", FailureKind.OVERLOADED, true),
				new ChatEvent.ReasoningDelta("Hm."), new ChatEvent.ContentDelta("Two\nlines, \"quoted\""),
				new ChatEvent.ToolCallReady(new ToolCall("call-1", "weather", "{\"city\":\"Rome\"}")),
				new ChatEvent.AnnotationReady(new Annotation("url_citation", "https://example.org/a", "A page",
						"{\"type\":\"url_citation\"}")),
				new ChatEvent.Completed(response())));
		assertThat(events).extracting(ServerSentEvent::event)
			.containsExactly("switch", "reasoning", "delta", "tool-call", "annotation", "done");
		assertThat(events).extracting(ServerSentEvent::data)
			.containsExactly(
					"{\"from\":\"primary\",\"to\":\"backup\",\"model\":\"small\",\"reason\":\"OVERLOADED\","
							+ "\"discardPrevious\":true}",
					"{\"text\":\"Hm.\"}", "{\"text\":\"Two\\nlines, \\\"quoted\\\"\"}",
					"{\"id\":\"call-1\",\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Rome\\\"}\"}",
					"{\"type\":\"url_citation\",\"url\":\"https://example.org/a\",\"title\":\"A page\"}",
					"{\"endpoint\":\"backup\",\"model\":\"small\",\"degraded\":true,\"finishReason\":\"STOP\","
							+ "\"usage\":{\"inputTokens\":12,\"outputTokens\":7,\"cachedInputTokens\":4,"
							+ "\"reasoningTokens\":null},\"cost\":{\"amount\":0.0005,\"estimated\":true},"
							+ "\"attempts\":[{\"number\":1,\"endpoint\":\"primary\",\"model\":\"large\","
							+ "\"outcome\":\"FAILED\",\"failure\":\"OVERLOADED\",\"httpStatus\":503,"
							+ "\"providerCode\":\"busy\",\"durationMs\":7,\"timeToFirstContentMs\":null},"
							+ "{\"number\":2,\"endpoint\":\"backup\",\"model\":\"small\","
							+ "\"outcome\":\"SUCCEEDED\",\"failure\":null,\"httpStatus\":200,"
							+ "\"providerCode\":null,\"durationMs\":20,\"timeToFirstContentMs\":9}]}");
	}

	@Test
	void tellsAboutToolsButNotWhatTheyReturn() {
		ToolCall call = new ToolCall("call-1", "weather", "{\"city\":\"Rome\"}");
		Duration took = Duration.ofMillis(3);
		List<ServerSentEvent<String>> events = sse(Flux.just(new ToolProgress.Started(1, call),
				new ToolProgress.Finished(new ToolExecution(1, call, ToolExecution.Outcome.SUCCEEDED, "secret", took)),
				new ToolProgress.Failed(new ToolExecution(1, call, ToolExecution.Outcome.TIMED_OUT, "secret", took)),
				new ToolProgress.RoundEnded(1, response(), List.of())));
		String tool = "{\"round\":1,\"id\":\"call-1\",\"name\":\"weather\"";
		assertThat(events).extracting((event) -> event.event() + event.data())
			.containsExactly("tool-started" + tool + "}",
					"tool-ended" + tool + ",\"outcome\":\"SUCCEEDED\",\"durationMs\":3}",
					"tool-ended" + tool + ",\"outcome\":\"TIMED_OUT\",\"durationMs\":3}", "round-ended{\"round\":1}");
	}

	@ParameterizedTest
	@MethodSource("failures")
	void endsWithAnEventThatQuotesNobodyWhenTheCallFails(AiFallbackException failure, String kind, String message)
			throws Exception {
		List<ServerSentEvent<String>> events = sse(
				Flux.concat(Flux.just(new ChatEvent.ContentDelta("Half an")), Flux.error(failure)));
		assertThat(events).extracting(ServerSentEvent::event).containsExactly("delta", "failed");
		assertThat(events.get(1).data()).doesNotContain(SECRET, "req-1");
		JsonNode error = new ObjectMapper().readTree(events.get(1).data());
		assertThat(error.path("kind").asText()).isEqualTo(kind);
		assertThat(error.path("message").asText()).contains(message);
		assertThat(error.at("/attempts/0/failure").asText()).isEqualTo("OVERLOADED");
		assertThat(error.at("/skips/0").toString()).isEqualTo("{\"endpoint\":\"local\",\"reason\":\"COOLING_DOWN\","
				+ "\"cause\":\"RATE_LIMITED\",\"remainingMs\":1200}");
	}

	static Stream<Arguments> failures() {
		Failure failure = Failure.of(FailureKind.INVALID_REQUEST).httpStatus(400).providerMessage(SECRET).build();
		return Stream.of(Arguments.of(new NoEndpointAvailableException(RECORD), "NO_ENDPOINT_AVAILABLE", "in 2 s."),
				Arguments.of(new DeadlineExceededException(Duration.ofSeconds(1), RECORD), "DEADLINE_EXCEEDED",
						"in time"),
				Arguments.of(new StreamInterruptedException(failure, SECRET, RECORD), "STREAM_INTERRUPTED",
						"broke off"),
				Arguments.of(new RequestRefusedException(failure, RECORD), "INVALID_REQUEST", "refused"),
				Arguments.of(new AllEndpointsFailedException(RECORD), "ALL_ENDPOINTS_FAILED", "No model"));
	}

	@Test
	void endsWithAnEventWhateverWentWrong() {
		List<ServerSentEvent<String>> events = sse(Flux.error(new IllegalStateException(SECRET)));
		assertThat(events).hasSize(1);
		assertThat(events.get(0).event()).isEqualTo("failed");
		assertThat(events.get(0).data()).contains("\"kind\":\"INTERNAL_ERROR\"").doesNotContain(SECRET);
	}

	@Test
	void keepsACharacterWholeThatWasSplitBetweenTwoPieces() {
		String greeting = "Hé, 你好 \uD83D\uDE00";
		StringBuilder text = new StringBuilder();
		for (String line : lines(greeting)) {
			if (line.startsWith("data:")) {
				text.append(json(line.substring("data:".length())).path("text").asText());
			}
		}
		assertThat(text).hasToString(greeting);
	}

	@Test
	void isWhatAControllerReturns() {
		assertThat(lines("a\n")).containsExactly("id:asked", "event:delta", "retry:86400000", "data:{\"text\":\"a\"}",
				"", "event:delta", "data:{\"text\":\"\\n\"}", "");
	}

	@Test
	void tellsABrowserOnceNotToAskAgain() {
		List<ServerSentEvent<String>> events = sse(Flux.concat(
				Flux.just(new ChatEvent.AttemptStarted(1, "primary", "large"), new ChatEvent.ContentDelta("Half an")),
				Flux.error(new AllEndpointsFailedException(RECORD))));
		assertThat(events.get(0).id()).isEqualTo("asked");
		assertThat(events.get(0).retry()).isEqualTo(Duration.ofDays(1));
		assertThat(events.get(1).id()).isNull();
		assertThat(events.get(1).retry()).isNull();
		assertThat(sse(Flux.error(new AllEndpointsFailedException(RECORD))).get(0).id()).isEqualTo("asked");
	}

	@Test
	void keepsTheSpacesOfATextAndSaysThatItIsOver() {
		List<ServerSentEvent<String>> events = ChatEvents.textToSse(Flux.just("Hello", " world", "\n  ."))
			.collectList()
			.block(PATIENCE);
		assertThat(events).extracting(ServerSentEvent::event).containsExactly("delta", "delta", "delta", "done");
		assertThat(events).extracting(ServerSentEvent::data)
			.containsExactly("{\"text\":\"Hello\"}", "{\"text\":\" world\"}", "{\"text\":\"\\n  .\"}", "{}");
		assertThat(events.get(0).id()).isEqualTo("asked");
	}

	@Test
	void saysThatATextFailed() {
		List<ServerSentEvent<String>> events = ChatEvents
			.textToSse(Flux.concat(Flux.just("Hel"), Flux.error(new AllEndpointsFailedException(RECORD))))
			.collectList()
			.block(PATIENCE);
		assertThat(events).extracting(ServerSentEvent::event).containsExactly("delta", "failed");
	}

	@Test
	void asksNoSecondTimeForABrowserThatComesAgain() {
		Flux<ServerSentEvent<String>> events = ChatEvents.toSse(Flux.error(new AssertionError("asked")));
		assertThat(ChatEvents.once("asked", events).getStatusCode().value()).isEqualTo(204);
		assertThat(ChatEvents.once("asked", events).getBody()).isNull();
		assertThat(ChatEvents.once(null, events).getStatusCode().value()).isEqualTo(200);
		assertThat(ChatEvents.once("", events).getBody()).isSameAs(events);
	}

	@Test
	void cancelsTheCallWithTheStream() {
		TestPublisher<ChatEvent> call = TestPublisher.create();
		ChatEvents.toSse(call.flux()).subscribe().dispose();
		call.assertCancelled();
	}

	private static JsonNode json(String text) {
		try {
			return new ObjectMapper().readTree(text);
		}
		catch (Exception ex) {
			throw new AssertionError(text, ex);
		}
	}

	private static List<ServerSentEvent<String>> sse(Flux<ChatEvent> events) {
		List<ServerSentEvent<String>> sse = new ArrayList<>();
		ChatEvents.toSse(events).doOnNext(sse::add).blockLast(PATIENCE);
		return sse;
	}

	private static ChatResponse response() {
		return ChatResponse.builder()
			.text("Hello")
			.rawFinishReason("stop")
			.id("id-1")
			.endpoint("backup")
			.model("small")
			.degraded(true)
			.usage(new Usage(12, 7, 4L, null))
			.cost(new Cost(new BigDecimal("0.00050"), true))
			.attempts(List.of(FAILED, SUCCEEDED))
			.build();
	}

	/** What a controller sends that streams the text char by char. */
	private static List<String> lines(String text) {
		String body = WebTestClient.bindToController(new CharByChar(text))
			.configureClient()
			.responseTimeout(PATIENCE)
			.build()
			.get()
			.uri("/stream")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return body.lines().toList();
	}

	@Test
	void writesACommentWhenNothingHappens() {
		ServerSentEvent<String> event = ChatEvents.toSse(Flux.<ChatEvent>never()).blockFirst(PATIENCE);
		assertThat(event).isNotNull();
		assertThat(event.comment()).isEmpty();
		assertThat(event.data()).isNull();
		assertThat(event.event()).isNull();
	}

	@RestController
	static final class CharByChar {

		private final String text;

		CharByChar(String text) {
			this.text = text;
		}

		@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<ServerSentEvent<String>> stream() {
			return ChatEvents.toSse(Flux.fromStream(this.text.chars().mapToObj((unit) -> String.valueOf((char) unit)))
				.map(ChatEvent.ContentDelta::new));
		}

	}

}
