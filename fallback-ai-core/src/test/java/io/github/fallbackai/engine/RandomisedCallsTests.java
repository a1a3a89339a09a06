// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.budget.EndpointBudget;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Capability;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of calls with random faults at every endpoint but one: none loses an answer
 * and none leaves anything behind.
 */
@Tag("slow")
class RandomisedCallsTests {

	private static final int CALLS = 10_000;

	private static final String ANSWER = "Breakers protect callers from a sick provider. The next model goes on at once! "
			+ "Nobody in the audience notices, and that is the whole point of it.";

	private static final List<FailureKind> FAULTS = List.of(FailureKind.RATE_LIMITED, FailureKind.OVERLOADED,
			FailureKind.SERVER_ERROR, FailureKind.CONNECT_FAILED, FailureKind.CONNECTION_LOST,
			FailureKind.INVALID_RESPONSE, FailureKind.AUTHENTICATION, FailureKind.LOCAL);

	private final Seed seed = Seed.any();

	@Test
	void neverLosesAnAnswerAPermitAConnectionOrMoney() {
		for (int call = 0; call < CALLS; call++) {
			String name = this.seed + ", call " + call;
			try {
				new RandomCall(new Random(this.seed.value() + call)).run(name);
			}
			catch (RuntimeException ex) {
				throw new AssertionError(name, ex);
			}
		}
	}

	/**
	 * One call over a random chain.
	 */
	private static final class RandomCall {

		private final Random random;

		private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

		private final AtomicInteger permits = new AtomicInteger();

		private final AtomicInteger connections = new AtomicInteger();

		private final List<EndpointBudget> budgets = new ArrayList<>();

		private final List<FailoverEvent> events = new ArrayList<>();

		RandomCall(Random random) {
			this.random = random;
		}

		void run(String name) {
			int endpoints = 2 + this.random.nextInt(3);
			int healthy = this.random.nextInt(endpoints);
			List<Candidate> candidates = new ArrayList<>();
			for (int index = 0; index < endpoints; index++) {
				candidates.add(candidate(index, index == healthy));
			}
			CallSettings settings = settings();
			FailoverEngine engine = new FailoverEngine(
					CandidateChains.of(new CandidateChain("default", candidates, settings)), List.of(this.events::add),
					this.time, Duration.ofMinutes(2));
			Delivery delivery = Delivery.values()[this.random.nextInt(Delivery.values().length)];
			Scenario.Caller caller = new Scenario.Caller(Long.MAX_VALUE);
			engine.call(ChatRequest.of("hello"), delivery).subscribe(caller);
			boolean cancels = this.random.nextInt(4) == 0;
			if (cancels) {
				this.time.advanceTimeBy(Duration.ofMillis(this.random.nextInt(40_000)));
				caller.cancel();
			}
			this.time.advanceTimeBy(Duration.ofHours(2));
			if (!cancels) {
				assertThat(caller.error).as(name).isNull();
				assertThat(caller.result().response().text()).as(name).isEqualTo(ANSWER);
				if (delivery != Delivery.WHOLE) {
					assertThat(caller.text()).as(name).isEqualTo(ANSWER);
				}
			}
			assertThat(this.permits).as("%s: open permits", name).hasValue(0);
			assertThat(this.connections).as("%s: open connections", name).hasValue(0);
			assertThat(this.budgets).as("%s: open reservations", name)
				.allSatisfy((budget) -> assertThat(budget.spending().reserved()).isZero());
			assertThat(sum(this.budgets.stream().map((budget) -> budget.spending().spent()))).as(name)
				.isEqualByComparingTo(sum(this.events.stream()
					.filter(FailoverEvent.AttemptEnded.class::isInstance)
					.map((event) -> ((FailoverEvent.AttemptEnded) event).attempt().cost().amount())));
		}

		private static BigDecimal sum(Stream<BigDecimal> amounts) {
			return amounts.reduce(BigDecimal.ZERO, BigDecimal::add);
		}

		private CallSettings settings() {
			CallSettings.Builder settings = CallSettings.builder().maxAttempts(50).deadline(Duration.ofMinutes(30));
			if (this.random.nextBoolean()) {
				Duration delay = Duration.ofMillis(1 + this.random.nextInt(5000));
				settings.hedge(new HedgeSettings(delay, 1));
			}
			if (this.random.nextInt(3) == 0) {
				settings.switchDelay(Duration.ofMillis(this.random.nextInt(100)));
			}
			return settings.build();
		}

		private Candidate candidate(int index, boolean healthy) {
			Set<Capability> capabilities = this.random.nextBoolean() ? Capability.DEFAULTS
					: EnumSet.allOf(Capability.class);
			Endpoint endpoint = Endpoint.named("e" + index)
				.url(URI.create("http://localhost/" + index))
				.model("m" + index)
				.capabilities(capabilities)
				.price(Price.of("1", "2"))
				.spendLimit(new SpendLimit(SpendLimit.MOST, Duration.ofDays(36_500)))
				.build();
			this.budgets.add(EndpointBudgets.local(List.of(endpoint)).budget(endpoint));
			RetrySettings retry = new RetrySettings(1 + this.random.nextInt(3), Duration.ofMillis(50),
					RetrySettings.DEFAULTS.kinds());
			return new Candidate(endpoint, new CountingGate(this.random.nextInt(5) == 0), new RandomClient(healthy),
					retry, this.budgets.get(index));
		}

		/**
		 * Answers rightly in the end if healthy, wrongly in some way otherwise.
		 */
		private final class RandomClient implements EndpointClient {

			private final boolean healthy;

			RandomClient(boolean healthy) {
				this.healthy = healthy;
			}

			@Override
			public Flux<EndpointEvent> exchange(EndpointRequest request) {
				return Flux.defer(() -> this.healthy ? answer(rest(request)) : faulty(request))
					.doOnSubscribe((subscription) -> RandomCall.this.connections.incrementAndGet())
					.doFinally((signal) -> RandomCall.this.connections.decrementAndGet());
			}

			private Flux<EndpointEvent> faulty(EndpointRequest request) {
				Random random = RandomCall.this.random;
				String rest = rest(request);
				String part = rest.substring(0, random.nextInt(rest.length() + 1));
				Flux<EndpointEvent> fault = Flux
					.error(new EndpointException(Failure.of(FAULTS.get(random.nextInt(FAULTS.size()))).build()));
				return switch (random.nextInt(6)) {
					case 0 -> fault;
					case 1 -> Flux.never();
					case 2 -> text(part).concatWith(fault);
					case 3 -> text(part).concatWith(Flux.never());
					case 4 ->
						Mono.delay(Duration.ofMillis(random.nextInt(20_000)), RandomCall.this.time).thenMany(fault);
					default -> text(part);
				};
			}

			private Flux<EndpointEvent> answer(String text) {
				return text(text).concatWith(Flux.just(new EndpointEvent.Finished(FinishReason.STOP, null)));
			}

			/**
			 * What is left to say. A model that was not prefilled may begin from the top,
			 * unless it may stall there for longer than text is held back.
			 */
			private String rest(EndpointRequest request) {
				List<ChatMessage> messages = request.chat().messages();
				ChatMessage last = messages.get(messages.size() - 1);
				if (last instanceof AssistantMessage prefill) {
					return ANSWER.substring(prefill.text().length());
				}
				boolean echo = messages.size() == 1 || (this.healthy && RandomCall.this.random.nextBoolean());
				return echo ? ANSWER
						: ANSWER.substring(((AssistantMessage) messages.get(messages.size() - 2)).text().length());
			}

			private Flux<EndpointEvent> text(String text) {
				Random random = RandomCall.this.random;
				List<EndpointEvent> pieces = new ArrayList<>();
				for (int from = 0; from < text.length();) {
					int to = Math.min(text.length(), from + 1 + random.nextInt(20));
					pieces.add(new EndpointEvent.Text(text.substring(from, to)));
					from = to;
				}
				Flux<EndpointEvent> events = Flux.fromIterable(pieces);
				return random.nextBoolean() ? events
						: events.delayElements(Duration.ofMillis(1 + random.nextInt(10)), RandomCall.this.time);
			}

		}

		/**
		 * Counts permits that are not closed.
		 */
		private final class CountingGate implements EndpointGate {

			private final boolean probe;

			CountingGate(boolean probe) {
				this.probe = probe;
			}

			@Override
			public Availability check(Load load) {
				return Availability.AVAILABLE;
			}

			@Override
			public Permit tryEnter(Load load) {
				RandomCall.this.permits.incrementAndGet();
				return new CountedPermit(this.probe, RandomCall.this.permits);
			}

			@Override
			public Duration totalLimit() {
				return Duration.ofMinutes(10);
			}

			@Override
			public boolean needsProbe() {
				return this.probe;
			}

			@Override
			public String circuitBreaker() {
				return "CLOSED";
			}

			@Override
			public FailureKind lastFailure() {
				return null;
			}

		}

	}

	private record CountedPermit(boolean probe, AtomicInteger open) implements Permit {

		@Override
		public void firstContent(Duration timeToFirstContent) {
		}

		@Override
		public void succeeded() {
			this.open.decrementAndGet();
		}

		@Override
		public void failed(Failure failure) {
			this.open.decrementAndGet();
		}

		@Override
		public void released() {
			this.open.decrementAndGet();
		}

	}

}
