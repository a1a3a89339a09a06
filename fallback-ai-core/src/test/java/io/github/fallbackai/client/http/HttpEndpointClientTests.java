// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.RawServer.Script;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of {@link HttpEndpointClient} with the OpenAI dialect over real connections.
 */
class HttpEndpointClientTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final NettyWire wire = NettyWire.builder().build();

	private final HttpEndpointClient client = HttpEndpointClient.of(new OpenAiDialect(), this.wire);

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	@Test
	void streamsAnAnswer() {
		List<EndpointEvent> events = answer((peer) -> {
			peer.readRequest();
			peer.write(
					"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nx-request-id: req-1\r\n\r\n")
				.write(Fixtures.bytes("openai/streams/text.sse"))
				.awaitHangUp();
		});
		assertThat(events).startsWith(new EndpointEvent.Accepted(200, "req-1"));
		assertComplete(events);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 64, 1000 })
	void readsAStreamHoweverItIsCutIntoPieces(int size) {
		byte[] stream = Fixtures.bytes("openai/streams/text.sse");
		assertComplete(answer((peer) -> {
			peer.readRequest();
			peer.startEvents();
			for (int from = 0; from < stream.length; from += size) {
				byte[] piece = Arrays.copyOfRange(stream, from, Math.min(from + size, stream.length));
				peer.write(Integer.toHexString(piece.length) + "\r\n").write(piece).write("\r\n");
			}
			peer.endChunks();
		}));
	}

	@Test
	void readsAnAnswerInOnePieceAlthoughAStreamWasAskedFor() {
		assertComplete(answer((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "application/json",
					new String(Fixtures.bytes("openai/answers/text.json"), StandardCharsets.UTF_8));
		}));
	}

	@Test
	void readsAStreamWhoseTypeTheServerForgotToName() {
		assertComplete(answer((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 OK\r\n\r\n").write(Fixtures.bytes("openai/streams/text.sse")).close();
		}));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isCompleteAfterAFinishReasonHoweverTheConnectionEnds(boolean chunked) {
		byte[] stream = Fixtures.bytes("openai/streams/text-without-done.sse");
		List<EndpointEvent> events = answer((peer) -> {
			peer.readRequest();
			if (chunked) {
				peer.startEvents().write(Integer.toHexString(stream.length) + "\r\n").write(stream).write("\r\n");
			}
			else {
				peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9999\r\n\r\n")
					.write(stream);
			}
			peer.close();
		});
		assertThat(events).endsWith(new EndpointEvent.Finished(FinishReason.STOP, "stop"));
	}

	@Test
	void doesNotWaitForTheServerAfterDone() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents()
				.chunk(new String(Fixtures.bytes("openai/streams/text.sse"), StandardCharsets.UTF_8))
				.awaitHangUp();
		})) {
			StepVerifier.create(exchange(server)).expectNextCount(6).expectComplete().verify(LONG);
		}
	}

	@Test
	void failsWhenAStreamBreaksInTheMiddle() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents()
				.chunk(new String(Fixtures.bytes("openai/streams/truncated.sse"), StandardCharsets.UTF_8))
				.close();
		})) {
			StepVerifier.create(exchange(server))
				.expectNextCount(2)
				.expectNext(new EndpointEvent.Text("Guten"), new EndpointEvent.Text(" Tag 👋"))
				.expectErrorSatisfies((error) -> assertThat(((EndpointException) error).failure().kind())
					.isEqualTo(FailureKind.CONNECTION_LOST))
				.verify(LONG);
		}
	}

	@Test
	void failsWhenAStreamEndsInGoodOrderButTooEarly() {
		Failure failure = failure((peer) -> {
			peer.readRequest();
			peer.startEvents()
				.chunk(new String(Fixtures.bytes("openai/streams/truncated.sse"), StandardCharsets.UTF_8))
				.endChunks();
		});
		assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
	}

	@Test
	void anErrorWithinAStreamClosesItsConnection() throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents()
				.chunk(new String(Fixtures.bytes("openai/streams/error-event.sse"), StandardCharsets.UTF_8))
				.awaitHangUp();
		})) {
			Failure failure = failureOf(exchange(server));
			assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void classifiesARefusal() {
		Failure failure = failure((peer) -> {
			peer.readRequest();
			peer.respond("429 Too Many Requests", "application/json",
					new String(Fixtures.bytes("openai/errors/insufficient-quota.json"), StandardCharsets.UTF_8));
		});
		assertThat(failure).hasToString("QUOTA_EXHAUSTED, HTTP 429, insufficient_quota");
	}

	@Test
	void classifiesARefusalByItsStatusWhenItsBodyBreaks() {
		Failure failure = failure((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nContent-Length: 100\r\n\r\n{\"err").close();
		});
		assertThat(failure.kind()).isEqualTo(FailureKind.OVERLOADED);
		assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "text/plain", "application/json" })
	void aSuccessThatIsAPageIsAnInvalidResponse(String contentType) {
		Failure failure = failure((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", contentType, "<html><body>Please log in</body></html>");
		});
		assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_RESPONSE);
	}

	@Test
	void whatCannotBeEncodedIsNeverSent() {
		try (RawServer server = RawServer.start((peer) -> peer.readRequest())) {
			ChatRequest broken = ChatRequest.builder().user("Hi").tool(new ToolDefinition("t", "d", "{")).build();
			Failure failure = failureOf(
					this.client.exchange(new EndpointRequest(endpoint(server.uri()), broken, true)));
			assertThat(failure.kind()).isEqualTo(FailureKind.LOCAL);
			assertThat(failure.replaySafety()).isEqualTo(ReplaySafety.NOT_PROCESSED);
			assertThat(server.peers()).isEmpty();
		}
	}

	@Test
	void everySubscriptionIsARequest() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
				.write(Fixtures.bytes("openai/streams/text.sse"))
				.close();
		})) {
			Flux<EndpointEvent> exchange = exchange(server);
			assertThat(server.peers()).isEmpty();
			assertComplete(exchange.collectList().block(LONG));
			assertComplete(exchange.collectList().block(LONG));
			assertThat(server.peers()).hasSize(2);
		}
	}

	@Test
	void honoursDemandEventByEvent() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents()
				.chunk(new String(Fixtures.bytes("openai/streams/text.sse"), StandardCharsets.UTF_8))
				.endChunks();
		})) {
			assertComplete(exchange(server).limitRate(1).collectList().block(LONG));
		}
	}

	private List<EndpointEvent> answer(Script script) {
		try (RawServer server = RawServer.start(script)) {
			return exchange(server).collectList().block(LONG);
		}
	}

	private Failure failure(Script script) {
		try (RawServer server = RawServer.start(script)) {
			return failureOf(exchange(server));
		}
	}

	private static Failure failureOf(Flux<EndpointEvent> exchange) {
		return catchThrowableOfType(EndpointException.class, () -> exchange.blockLast(LONG)).failure();
	}

	private Flux<EndpointEvent> exchange(RawServer server) {
		return this.client.exchange(new EndpointRequest(endpoint(server.uri()), ChatRequest.of("Hi"), true));
	}

	private static Endpoint endpoint(URI url) {
		return Endpoint.named("primary").url(url).model("model-a").apiKey(ApiKey.of("sk-secret")).build();
	}

	private static void assertComplete(List<EndpointEvent> events) {
		StringBuilder text = new StringBuilder();
		for (EndpointEvent event : events) {
			if (event instanceof EndpointEvent.Text part) {
				text.append(part.text());
			}
		}
		assertThat(text).hasToString("Guten Tag 👋");
		assertThat(events).contains(new EndpointEvent.Finished(FinishReason.STOP, "stop"));
	}

}
