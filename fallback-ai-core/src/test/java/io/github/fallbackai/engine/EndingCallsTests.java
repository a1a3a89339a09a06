// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.fallbackai.budget.EndpointBudget;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.RetrySettings;
import io.github.fallbackai.suite.Seed;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hundred thousand callers leave at random moments, on threads of their own: every call
 * and every attempt that began ends once, and gives back what it held.
 */
@Tag("slow")
class EndingCallsTests {

	private static final Logger logger = LoggerFactory.getLogger(EndingCallsTests.class);

	private static final int CALLS = Integer.getInteger("fallback-ai.test.calls", 100_000);

	private static final int CALLERS = 2;

	private static final int LONGEST_STAY_NANOS = 100_000;

	private static final int PLACES = 3;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final List<FailureKind> FAULTS = List.of(FailureKind.OVERLOADED, FailureKind.SERVER_ERROR,
			FailureKind.CONNECTION_LOST, FailureKind.LOCAL, FailureKind.INVALID_REQUEST);

	private final Seed seed = Seed.any();

	private final CountedEnds ends = new CountedEnds();

	private final List<CountedGate> gates = new ArrayList<>();

	private final List<EndpointBudget> budgets = new ArrayList<>();

	@Test
	void everyCallAndEveryAttemptEndsOnce() throws Exception {
		List<FailoverEngine> engines = List.of(engine(null, false, 0), engine(Duration.ofNanos(60_000), false, 0),
				engine(null, true, 0), engine(Duration.ofNanos(30_000), true, 1));
		List<CompletableFuture<Void>> callers = new ArrayList<>();
		for (int caller = 0; caller < CALLERS; caller++) {
			Random random = new Random(this.seed.value() + caller);
			callers.add(CompletableFuture.runAsync(() -> call(engines, random), (work) -> new Thread(work).start()));
		}
		for (CompletableFuture<Void> caller : callers) {
			join(caller);
		}
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			this.ends.assertAllTold(this.seed.toString());
			assertThat(this.gates).as("%s: open permits", this.seed)
				.allSatisfy((gate) -> assertThat(gate.open()).isZero());
			assertThat(this.budgets).as("%s: open reservations", this.seed)
				.allSatisfy((budget) -> assertThat(budget.spending().reserved()).isZero());
		});
		assertThat(this.gates).as("%s: permits closed twice", this.seed)
			.allSatisfy((gate) -> assertThat(gate.closedAgain()).isZero());
		logger.info("{}: {}", this.seed, this.ends);
	}

	private static void join(CompletableFuture<Void> caller) throws InterruptedException, ExecutionException {
		caller.get();
	}

	/** Two threads: one calls, the other one leaves. */
	private void call(List<FailoverEngine> engines, Random random) {
		Departures departures = new Departures(random);
		for (int i = 0; i < CALLS / CALLERS; i++) {
			FailoverEngine engine = engines.get(random.nextInt(engines.size()));
			Delivery delivery = Delivery.values()[random.nextInt(Delivery.values().length)];
			Caller caller = new Caller(random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(3));
			departures.await(caller);
			Flux<ChatEvent> call = engine.call(ChatRequest.of("hello"), delivery);
			(random.nextBoolean() ? call : call.subscribeOn(Schedulers.parallel())).subscribe(caller);
		}
		departures.end();
	}

	private FailoverEngine engine(Duration hedgeDelay, boolean probes, int places) {
		List<Candidate> candidates = new ArrayList<>();
		for (String name : List.of("a", "b", "c")) {
			candidates.add(candidate(name, probes && name.equals("a"), places));
		}
		CallSettings settings = CallSettings.builder()
			.hedge((hedgeDelay != null) ? new HedgeSettings(hedgeDelay, 1) : null)
			.waitWhenUnavailable(places > 0)
			.build();
		return new FailoverEngine(CandidateChains.of(new CandidateChain("default", candidates, settings)),
				List.of(this.ends.observer(), this.ends, EndingCallsTests::fail), Schedulers.parallel(),
				Duration.ofMinutes(2));
	}

	private static void fail(FailoverEvent event) {
		throw new IllegalStateException("a listener that always throws");
	}

	private Candidate candidate(String name, boolean probe, int places) {
		Endpoint endpoint = Endpoint.named(name)
			.url(URI.create("http://localhost/" + name))
			.model("m")
			.price(Price.of("1", "2"))
			.spendLimit(new SpendLimit(SpendLimit.MOST, Duration.ofDays(36_500)))
			.build();
		EndpointBudget budget = EndpointBudgets.local(List.of(endpoint)).budget(endpoint);
		CountedGate gate = new CountedGate(probe, (places > 0) ? PLACES : Integer.MAX_VALUE);
		this.budgets.add(budget);
		this.gates.add(gate);
		RetrySettings retry = new RetrySettings(2, Duration.ofNanos(20_000), RetrySettings.DEFAULTS.kinds());
		return new Candidate(endpoint, gate, new RandomClient(new Random(this.seed.value() + name.hashCode())), retry,
				budget);
	}

	/**
	 * Answers in one of many ways, on the thread of the call or on others.
	 */
	private record RandomClient(Random random) implements EndpointClient {

		@Override
		public Flux<EndpointEvent> exchange(EndpointRequest request) {
			Flux<EndpointEvent> answer = switch (this.random.nextInt(7)) {
				case 0, 1 -> ScriptedEndpoint.texts("Hello ", "there").concatWith(ScriptedEndpoint.finish());
				case 2, 3 -> fault();
				case 4 -> ScriptedEndpoint.texts("Hello ").concatWith(fault());
				case 5 -> Flux.never();
				default -> Mono.delay(Duration.ofNanos(this.random.nextInt(100_000)))
					.thenMany(ScriptedEndpoint.texts("Hello").concatWith(ScriptedEndpoint.finish()));
			};
			return switch (this.random.nextInt(3)) {
				case 0 -> answer;
				case 1 -> answer.subscribeOn(Schedulers.parallel());
				default -> answer.publishOn(Schedulers.parallel(), 1);
			};
		}

		private Flux<EndpointEvent> fault() {
			FailureKind kind = FAULTS.get(this.random.nextInt(FAULTS.size()));
			return Flux.error(new EndpointException(Failure.of(kind).build()));
		}

	}

	private static final class Caller extends BaseSubscriber<ChatEvent> {

		private final long demand;

		private Caller(long demand) {
			this.demand = demand;
		}

		@Override
		protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
			if (this.demand > 0) {
				request(this.demand);
			}
		}

		@Override
		protected void hookOnError(Throwable error) {
			// Callers who leave are told of no error, and others are not asserted here.
		}

	}

	/**
	 * Cancels one caller after the other, each after a time that is too short to sleep.
	 */
	private static final class Departures implements Runnable {

		private static final Caller LAST = new Caller(0);

		private final BlockingQueue<Caller> callers = new ArrayBlockingQueue<>(2);

		private final Random random;

		private Departures(Random random) {
			this.random = new Random(random.nextLong());
			new Thread(this).start();
		}

		void await(Caller caller) {
			try {
				this.callers.put(caller);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		void end() {
			await(LAST);
		}

		@Override
		public void run() {
			try {
				for (Caller caller = this.callers.take(); caller != LAST; caller = this.callers.take()) {
					long until = System.nanoTime() + this.random.nextInt(LONGEST_STAY_NANOS);
					while (System.nanoTime() < until) {
						Thread.onSpinWait();
					}
					caller.cancel();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
