// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.gateway.completions.CompletionsFace;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.StreamEncoder;
import io.github.fallbackai.heartbeat.Heartbeat;
import io.github.fallbackai.relay.RelayedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a stream holds, and what it says while nothing happens.
 */
class FaceStreamTests {

	private static final Duration INTERVAL = Duration.ofSeconds(15);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<String> received = new ArrayList<>();

	private Throwable error;

	private boolean complete;

	@ParameterizedTest
	@ValueSource(ints = { 0, 15 })
	void holdsNoMoreThanOneEventOfAClientThatKeepsUp(int heartbeat) {
		AtomicInteger produced = new AtomicInteger();
		Flux<RelayedEvent> events = Flux.generate((sink) -> {
			int number = produced.incrementAndGet();
			if (number > 1000) {
				sink.complete();
			}
			else {
				sink.next(text("piece " + number));
			}
		});
		BaseSubscriber<String> client = subscribe(stream(events, Duration.ofSeconds(heartbeat)));
		for (int taken = 1; taken <= 1000; taken++) {
			client.request(1);
			assertThat(this.received).hasSize(taken);
			assertThat(produced).hasValueBetween(taken, taken + 1);
		}
	}

	@Test
	void asksForNothingBeforeTheClientDoes() {
		AtomicInteger produced = new AtomicInteger();
		Flux<RelayedEvent> events = Flux.generate((sink) -> sink.next(text("piece " + produced.incrementAndGet())));
		subscribe(stream(events, INTERVAL));
		this.time.advanceTimeBy(Duration.ofMinutes(10));
		assertThat(this.received).isEmpty();
		assertThat(produced).hasValueLessThanOrEqualTo(1);
	}

	@Test
	void saysThatItWaitsOnlyWhileNothingElseIsSaid() {
		Sinks.Many<RelayedEvent> events = Sinks.many().unicast().onBackpressureBuffer();
		subscribe(stream(events.asFlux(), INTERVAL)).requestUnbounded();
		this.time.advanceTimeBy(Duration.ofSeconds(14));
		assertThat(this.received).isEmpty();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.received).containsExactly(StreamEncoder.HEARTBEAT);
		events.tryEmitNext(text("Hi"));
		this.time.advanceTimeBy(INTERVAL);
		assertThat(this.received).hasSize(2);
		this.time.advanceTimeBy(INTERVAL);
		assertThat(this.received).hasSize(3).endsWith(StreamEncoder.HEARTBEAT);
		events.tryEmitComplete();
		assertThat(this.complete).isTrue();
		this.time.advanceTimeBy(INTERVAL.multipliedBy(3));
		assertThat(this.received).hasSize(3);
	}

	@Test
	void failsAsLongAsNothingWasSentAndTellsTheErrorAfterwards() {
		Flux<RelayedEvent> fails = Flux.error(new IllegalStateException("broken"));
		subscribe(stream(fails, INTERVAL)).requestUnbounded();
		assertThat(this.error).hasMessage("broken");
		this.error = null;
		subscribe(stream(Flux.just(text("Hi")).concatWith(fails), INTERVAL)).requestUnbounded();
		assertThat(this.error).isNull();
		assertThat(this.complete).isTrue();
		assertThat(this.received).hasSize(2);
		assertThat(this.received.get(1)).isEqualTo(
				"data: {\"error\":{\"message\":\"IllegalStateException\",\"type\":\"server_error\",\"param\":null,\"code\":\"x\"}}\n\n");
	}

	private FaceStream stream(Flux<RelayedEvent> events, Duration heartbeat) {
		return new FaceStream(events, encoder(), new Heartbeat(heartbeat, this.time),
				(error) -> GatewayError.server(500, "x", error.getClass().getSimpleName()));
	}

	private static StreamEncoder encoder() {
		byte[] request = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".getBytes();
		return new CompletionsFace(Set.of()).decode(new ByteArrayInputStream(request), new HttpHeaders(), "client")
			.block()
			.encoder();
	}

	private static RelayedEvent text(String text) {
		return new RelayedEvent(new ChatEvent.ContentDelta(text), "primary", "model-a", false);
	}

	private BaseSubscriber<String> subscribe(FaceStream stream) {
		BaseSubscriber<String> client = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				// Each test asks by itself.
			}

			@Override
			protected void hookOnNext(String frame) {
				FaceStreamTests.this.received.add(frame);
			}

			@Override
			protected void hookOnError(Throwable error) {
				FaceStreamTests.this.error = error;
			}

			@Override
			protected void hookOnComplete() {
				FaceStreamTests.this.complete = true;
			}

		};
		stream.frames().subscribe(client);
		return client;
	}

}
