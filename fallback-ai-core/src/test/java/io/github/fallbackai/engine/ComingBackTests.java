// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.ProbeMode;
import io.github.fallbackai.endpoint.ProbeSettings;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Outages of a minute under one call every four seconds, at the default settings: how the
 * first endpoint comes back, and what that costs.
 */
class ComingBackTests {

	private static final Duration BETWEEN_CALLS = Duration.ofSeconds(4);

	private static final Duration OUTAGE = Duration.ofSeconds(60);

	private static final Duration TICK = Duration.ofMillis(50);

	private static final Duration PACE = Duration.ofMillis(200);

	private static final long SOON_MILLIS = Duration.ofSeconds(10).toMillis();

	private static final int MOST_REQUESTS = 10;

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create(true);

	private final List<Served> calls = new ArrayList<>();

	private final Provider primary = new Provider(PACE);

	private final Provider backup = new Provider(Duration.ofMillis(300));

	private EndpointGate gate;

	private Disposable traffic;

	/** Not a multiple of the calls' interval apart, so that each has another phase. */
	@ParameterizedTest
	@EnumSource(Outage.class)
	void twentyOutagesInARow(Outage kind) {
		start(ProbeMode.BACKGROUND);
		this.time.advanceTimeBy(BETWEEN_CALLS.multipliedBy(3));
		for (int outage = 0; outage < 20; outage++) {
			long recovered = outage(kind, OUTAGE);
			assertThat(this.primary.requests).as("requests of outage %d", outage).isLessThanOrEqualTo(MOST_REQUESTS);
			assertThat(millisUntilServed(recovered)).as("until served again after outage %d", outage)
				.isLessThanOrEqualTo(SOON_MILLIS);
			this.time.advanceTimeBy(BETWEEN_CALLS.multipliedBy(15).plusMillis(1_250));
		}
		assertThat(this.calls).allMatch((call) -> call.by != null || call.startedAt > now() - 1_000);
	}

	/**
	 * The later the outage begins between two calls, the later its calls fail and its
	 * probes come, and the recovery falls into another moment between two probes.
	 */
	@ParameterizedTest
	@EnumSource(Outage.class)
	void callsReturnSoonInWhateverMomentTheOutageBeginsAndEnds(Outage kind) {
		start(ProbeMode.BACKGROUND);
		this.time.advanceTimeBy(BETWEEN_CALLS.multipliedBy(3));
		for (int phase = 0; phase < 16; phase++) {
			for (int longer = -3; longer <= 2; longer++) {
				long recovered = outage(kind, OUTAGE.plusSeconds(longer));
				assertThat(this.primary.requests).isLessThanOrEqualTo(MOST_REQUESTS);
				assertThat(millisUntilServed(recovered)).as("phase %d, %d s longer", phase, longer)
					.isLessThanOrEqualTo(SOON_MILLIS);
				long again = now() + BETWEEN_CALLS.multipliedBy(15).toMillis();
				long began = again - again % BETWEEN_CALLS.toMillis() + phase * BETWEEN_CALLS.toMillis() / 16 + 1;
				this.time.advanceTimeBy(Duration.ofMillis(began - now()));
			}
		}
	}

	@ParameterizedTest
	@EnumSource(ProbeMode.class)
	void noCallIsSlowOnceTheBreakerIsOpen(ProbeMode mode) {
		start(mode);
		for (Outage kind : Outage.values()) {
			this.time.advanceTimeBy(BETWEEN_CALLS.multipliedBy(5));
			this.primary.fail(kind);
			while (!this.gate.needsProbe()) {
				this.time.advanceTimeBy(TICK);
			}
			int before = this.calls.size();
			this.time.advanceTimeBy(OUTAGE);
			this.primary.heal();
			this.time.advanceTimeBy(OUTAGE);
			assertThat(this.calls.subList(before, this.calls.size() - 1)).as("%s", kind)
				.allSatisfy((call) -> assertThat(call.millis()).isLessThanOrEqualTo(2_500));
			assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		}
	}

	@Test
	void anEndpointThatNoCallWantsIsLeftAlone() {
		start(ProbeMode.BACKGROUND);
		outage(Outage.OVERLOADED, OUTAGE);
		this.primary.fail(Outage.OVERLOADED);
		stop();
		this.time.advanceTimeBy(Duration.ofMinutes(6));
		this.primary.requests = 0;
		this.time.advanceTimeBy(Duration.ofHours(1));

		assertThat(this.primary.requests).isZero();
		assertThat(this.gate.circuitBreaker()).isEqualTo("READY_TO_BE_PROBED");
	}

	@Test
	void inALongOutageItIsHardlyAsked() {
		start(ProbeMode.BACKGROUND);
		this.primary.fail(Outage.OVERLOADED);
		this.time.advanceTimeBy(Duration.ofHours(1));
		this.primary.requests = 0;
		this.time.advanceTimeBy(Duration.ofHours(1));

		assertThat(this.primary.requests).isBetween(59, 61);
	}

	/** An outage; the answer is when it ended. */
	private long outage(Outage kind, Duration length) {
		this.primary.requests = 0;
		this.primary.fail(kind);
		this.time.advanceTimeBy(length);
		this.primary.heal();
		return now();
	}

	/** From the recovery to the beginning of the first call that the primary served. */
	private long millisUntilServed(long recovered) {
		while (true) {
			for (Served call : this.calls) {
				if (call.startedAt >= recovered && "primary".equals(call.by)) {
					return call.startedAt - recovered;
				}
			}
			assertThat(now() - recovered).isLessThan(OUTAGE.toMillis());
			this.time.advanceTimeBy(TICK);
		}
	}

	private void stop() {
		this.traffic.dispose();
	}

	private void start(ProbeMode mode) {
		Endpoint first = endpoint("primary", mode);
		Endpoint second = endpoint("backup", mode);
		EndpointGates gates = EndpointGates.builder()
			.endpoints(first, second)
			.clock(() -> this.time.now(TimeUnit.NANOSECONDS))
			.scheduler(this.time)
			.build();
		this.gate = gates.gate(first);
		CandidateChain chain = new CandidateChain("default",
				List.of(new Candidate(first, this.gate, this.primary, RetrySettings.DEFAULTS),
						new Candidate(second, gates.gate(second), this.backup, RetrySettings.DEFAULTS)),
				CallSettings.DEFAULTS);
		FailoverEngine engine = new FailoverEngine(new CandidateChains(List.of(chain), "default"), List.of(), this.time,
				Duration.ofMinutes(2));
		this.traffic = Flux.interval(BETWEEN_CALLS, this.time).subscribe((number) -> call(engine));
	}

	private void call(FailoverEngine engine) {
		Served call = new Served(now());
		this.calls.add(call);
		engine.call(ChatRequest.of("hello"), Delivery.WHOLE)
			.ofType(ChatEvent.Completed.class)
			.subscribe((completed) -> call.served(completed.response().endpoint(), now()));
	}

	private static Endpoint endpoint(String name, ProbeMode mode) {
		return Endpoint.named(name)
			.url(URI.create("https://" + name + ".example.com/v1"))
			.model("model")
			.breaker(
					BreakerSettings.builder().probe(new ProbeSettings(mode, ProbeSettings.DEFAULTS.patience())).build())
			.build();
	}

	private long now() {
		return this.time.now(TimeUnit.MILLISECONDS);
	}

	enum Outage {

		OVERLOADED, CONNECT_FAILED, HANGING

	}

	private static final class Served {

		private final long startedAt;

		private long endedAt;

		private String by;

		Served(long startedAt) {
			this.startedAt = startedAt;
		}

		void served(String endpoint, long now) {
			this.by = endpoint;
			this.endedAt = now;
		}

		long millis() {
			return this.endedAt - this.startedAt;
		}

	}

	private final class Provider implements EndpointClient {

		private final Duration pace;

		private Outage outage;

		private int requests;

		Provider(Duration pace) {
			this.pace = pace;
		}

		void fail(Outage kind) {
			this.outage = kind;
		}

		void heal() {
			this.outage = null;
		}

		@Override
		public Flux<EndpointEvent> exchange(EndpointRequest request) {
			this.requests++;
			if (this.outage == null) {
				return Flux
					.<EndpointEvent>just(new EndpointEvent.Text("Hi"),
							new EndpointEvent.Finished(FinishReason.STOP, null))
					.delaySubscription(this.pace, ComingBackTests.this.time);
			}
			return switch (this.outage) {
				case HANGING -> Flux.never();
				case OVERLOADED -> failure(FailureKind.OVERLOADED);
				case CONNECT_FAILED -> failure(FailureKind.CONNECT_FAILED);
			};
		}

		private Flux<EndpointEvent> failure(FailureKind kind) {
			return Mono.<EndpointEvent>error(new EndpointException(Failure.of(kind).build()))
				.delaySubscription(Duration.ofMillis(5), ComingBackTests.this.time)
				.flux();
		}

	}

}
