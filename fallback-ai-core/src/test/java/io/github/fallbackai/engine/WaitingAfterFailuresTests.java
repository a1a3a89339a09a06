// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.endpoint.ModelScope;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.RecoverySettings;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call that may wait, and that failed at some endpoints, waits for the others.
 */
class WaitingAfterFailuresTests {

	private static final Availability FULL = new Availability(SkipReason.CONCURRENCY_LIMIT, null, null);

	private static final Duration SOON = Duration.ofSeconds(5);

	private final Scenario scenario = new Scenario().settings(settings().build());

	static List<Wait> waits() {
		List<Wait> waits = new ArrayList<>();
		for (Availability obstacle : List.of(FULL, new Availability(SkipReason.PROBE_IN_PROGRESS, null, null),
				new Availability(SkipReason.PROBE_ELSEWHERE, null, null),
				new Availability(SkipReason.BREAKER_OPEN, null, SOON),
				new Availability(SkipReason.COOLING_DOWN, FailureKind.RATE_LIMITED, SOON),
				new Availability(SkipReason.DISABLED, null, SOON),
				new Availability(SkipReason.SPEND_LIMIT_REACHED, null, SOON))) {
			for (Load load : Load.values()) {
				waits.add(new Wait(obstacle, Delivery.WHOLE, load));
				waits.add(new Wait(obstacle, Delivery.EVENTS, load));
			}
		}
		return waits;
	}

	@ParameterizedTest
	@MethodSource("waits")
	void anEndpointThatWasPassedOverForTheMomentIsWaitedFor(Wait wait) {
		this.scenario.endpoint("a").fails(FailureKind.INVALID_RESPONSE);
		ScriptedEndpoint b = this.scenario.endpoint("b").answers("Hi");
		b.availability = wait.obstacle();
		Scenario.Caller caller = this.scenario.call(request(wait.load()), wait.delivery());
		this.scenario.advance(Duration.ofSeconds(4));
		assertThat(caller.error).isNull();
		becomesFree(b);
		this.scenario.advance(Duration.ofSeconds(2));
		assertAsked(caller, "a", "b");
	}

	@Test
	void oneThatNeitherOfARaceIsAboutIsWaitedFor() {
		this.scenario.settings(settings().hedge(new HedgeSettings(Duration.ofMillis(100), 1)).build());
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)
			.delaySubscription(Duration.ofSeconds(1), this.scenario.time));
		ScriptedEndpoint b = this.scenario.endpoint("b");
		b.emits(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)
			.delaySubscription(Duration.ofSeconds(2), this.scenario.time));
		ScriptedEndpoint c = this.scenario.endpoint("c").answers("Hi");
		c.availability = FULL;
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(4));
		becomesFree(c);
		this.scenario.advance(Duration.ofSeconds(1));
		assertAsked(caller, "a", "b", "c");
	}

	@Test
	void oneThatGoesOnWithABrokenAnswerIsWaitedForAlthoughOtherModelsAreFree() {
		this.scenario.settings(
				settings()
					.recovery(new RecoverySettings(StreamRecovery.RESUME, ModelScope.SAME_MODEL,
							RecoverySettings.DEFAULTS.instruction()))
					.build());
		this.scenario.endpoint("a", group("one"))
			.emits(ScriptedEndpoint.texts("Hello, ").concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)))
			.fails(FailureKind.SERVER_ERROR);
		ScriptedEndpoint b = this.scenario.endpoint("b", group("one")).answers("world");
		b.availability = FULL;
		this.scenario.endpoint("c", group("two"));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(4));
		becomesFree(b);
		this.scenario.advance(Duration.ofSeconds(1));
		assertAsked(caller, "a", "a", "b");
		assertThat(caller.text()).isEqualTo("Hello, world");
	}

	@Test
	void theLargerWindowIsWaitedFor() {
		this.scenario.endpoint("a", (endpoint) -> endpoint.contextWindow(1000))
			.fails(FailureKind.CONTEXT_LENGTH_EXCEEDED);
		this.scenario.endpoint("small", (endpoint) -> endpoint.contextWindow(900));
		ScriptedEndpoint b = this.scenario.endpoint("b", (endpoint) -> endpoint.contextWindow(2000)).answers("Hi");
		b.availability = FULL;
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(4));
		becomesFree(b);
		this.scenario.advance(Duration.ofSeconds(1));
		assertAsked(caller, "a", "b");
	}

	@Test
	void oneThatCoolsDownSinceTheCallAskedItIsAskedAgain() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(ScriptedEndpoint.failure(FailureKind.RATE_LIMITED)
			.doOnSubscribe((subscription) -> a.availability = new Availability(SkipReason.COOLING_DOWN,
					FailureKind.RATE_LIMITED, SOON)))
			.answers("Hi");
		this.scenario.endpoint("b").fails(FailureKind.SERVER_ERROR);
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(4));
		assertThat(caller.error).isNull();
		a.availability = Availability.AVAILABLE;
		this.scenario.advance(Duration.ofSeconds(2));
		assertAsked(caller, "a", "b", "a");
	}

	@Test
	void aRetryWhosePlaceAnotherCallTookIsMadeAllTheSame() {
		ScriptedEndpoint a = this.scenario.endpoint("a")
			.retry(new RetrySettings(2, Duration.ofMillis(100), RetrySettings.DEFAULTS.kinds()))
			.fails(FailureKind.OVERLOADED)
			.answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		a.racesToLose = 1;
		this.scenario.advance(Duration.ofSeconds(1));
		assertAsked(caller, "a", "a");
	}

	@Test
	void oneThatFailedAndIsFreeIsNotAskedAgainWhileTheCallWaitsForAnother() {
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		ScriptedEndpoint b = this.scenario.endpoint("b").answers("Hi");
		b.availability = FULL;
		Scenario.Caller caller = this.scenario.stream();
		for (int loss = 0; loss < 5; loss++) {
			this.scenario.advance(Duration.ofSeconds(1));
			b.racesToLose = 1;
			becomesFree(b);
			this.scenario.advance(Duration.ZERO);
			b.availability = FULL;
		}
		this.scenario.advance(Duration.ofSeconds(1));
		becomesFree(b);
		this.scenario.advance(Duration.ofSeconds(1));
		assertAsked(caller, "a", "b");
	}

	@Test
	void oneThatFailedIsAskedAgainAfterAMinuteOfWaitingInVain() {
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR).answers("Hi");
		this.scenario.endpoint("b").availability = new Availability(SkipReason.SPEND_LIMIT_REACHED, null,
				Duration.ofDays(20));
		Scenario.Caller caller = this.scenario.call(request(Load.BATCH), Delivery.WHOLE);
		this.scenario.advance(Duration.ofSeconds(59));
		assertThat(this.scenario.log).filteredOn("a called"::equals).hasSize(1);
		this.scenario.advance(Duration.ofSeconds(10));
		assertAsked(caller, "a", "a");
	}

	@Test
	void theMostAttemptsEndTheWait() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		for (int attempt = 0; attempt < 5; attempt++) {
			a.fails(FailureKind.SERVER_ERROR);
		}
		this.scenario.endpoint("b").availability = FULL;
		Scenario.Caller caller = this.scenario.call(request(Load.BATCH), Delivery.WHOLE);
		this.scenario.advance(Duration.ofMinutes(10));
		assertThat(caller.error).isInstanceOf(AllEndpointsFailedException.class);
		assertThat(a.requests).hasSize(5);
	}

	@Test
	void thereIsNoWaitThatWouldOutlastTheDeadline() {
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b").open(Duration.ofMinutes(3));
		assertThat(this.scenario.stream().error).isInstanceOf(AllEndpointsFailedException.class);
	}

	@Test
	void thereIsNothingToWaitForWhenAllFailed() {
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b").fails(FailureKind.SERVER_ERROR);
		assertThat(this.scenario.stream().error).isInstanceOf(AllEndpointsFailedException.class);
	}

	@Test
	void aBatchCallThatFailedAtABusyEndpointGoesOnToADearerOne() {
		ScriptedEndpoint cheap = this.scenario.endpoint("cheap", (endpoint) -> endpoint.price(Price.of("1", "1")));
		cheap.emits(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)
			.delaySubscription(Duration.ofSeconds(1), this.scenario.time));
		this.scenario.endpoint("dear", (endpoint) -> endpoint.price(Price.of("9", "9"))).answers("Hi");
		Scenario.Caller caller = this.scenario.call(request(Load.BATCH), Delivery.WHOLE);
		cheap.availability = FULL;
		this.scenario.advance(Duration.ofSeconds(2));
		assertAsked(caller, "cheap", "dear");
	}

	@Test
	void aBatchCallThatFailedAtABusyEndpointWaitsForADearerOne() {
		ScriptedEndpoint cheap = this.scenario.endpoint("cheap", (endpoint) -> endpoint.price(Price.of("1", "1")));
		cheap.emits(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)
			.delaySubscription(Duration.ofSeconds(1), this.scenario.time));
		ScriptedEndpoint dear = this.scenario.endpoint("dear", (endpoint) -> endpoint.price(Price.of("9", "9")))
			.answers("Hi");
		Scenario.Caller caller = this.scenario.call(request(Load.BATCH), Delivery.WHOLE);
		cheap.availability = FULL;
		dear.availability = FULL;
		this.scenario.advance(Duration.ofSeconds(4));
		becomesFree(dear);
		this.scenario.advance(Duration.ofSeconds(1));
		assertAsked(caller, "cheap", "dear");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void aPlaceThatBecomesFreeWhileTheCallDecidesToWaitIsTaken(int looksInVain) {
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		ScriptedEndpoint b = this.scenario.endpoint("b").answers("Hi");
		b.availability = FULL;
		AtomicInteger looks = new AtomicInteger();
		b.afterCheck = () -> {
			if (looks.incrementAndGet() == looksInVain) {
				b.availability = Availability.AVAILABLE;
			}
		};
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(1));
		assertAsked(caller, "a", "b");
	}

	private static void becomesFree(ScriptedEndpoint endpoint) {
		endpoint.availability = Availability.AVAILABLE;
		endpoint.candidate().callNext();
	}

	private static void assertAsked(Scenario.Caller caller, String... endpoints) {
		ChatEvent.Completed completed = caller.result();
		assertThat(completed.response().attempts()).extracting(Attempt::endpoint).containsExactly(endpoints);
	}

	private static CallSettings.Builder settings() {
		return CallSettings.builder().waitWhenUnavailable(true);
	}

	private static UnaryOperator<EndpointBuilder> group(String name) {
		return (endpoint) -> endpoint.modelGroup(name);
	}

	private static ChatRequest request(Load load) {
		return ChatRequest.builder().user("hello").options(ChatOptions.builder().load(load).build()).build();
	}

	/**
	 * A way to wait.
	 */
	record Wait(Availability obstacle, Delivery delivery, Load load) {

	}

}
