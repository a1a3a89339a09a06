// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asking the same endpoint again, and waiting for one.
 */
class RetryTests {

	private static final RetrySettings THREE_ATTEMPTS = new RetrySettings(3, Duration.ofMillis(200),
			RetrySettings.DEFAULTS.kinds());

	private final Scenario scenario = new Scenario();

	@Test
	void asksTheSameEndpointAgainAfterAGrowingPause() {
		this.scenario.endpoint("a")
			.retry(THREE_ATTEMPTS)
			.fails(FailureKind.OVERLOADED)
			.fails(FailureKind.CONNECTION_LOST)
			.answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofMillis(99));
		assertThat(this.scenario.log).filteredOn("a called"::equals).hasSize(1);
		this.scenario.advance(Duration.ofMillis(101));
		assertThat(this.scenario.log).filteredOn("a called"::equals).hasSize(2);
		this.scenario.advance(Duration.ofMillis(400));
		assertThat(caller.result().response().degraded()).isFalse();
		assertThat(caller.result().response().attempts()).extracting(Attempt::endpoint).containsExactly("a", "a", "a");
	}

	@Test
	void movesOnAfterTheLastRetry() {
		this.scenario.endpoint("a")
			.retry(new RetrySettings(2, Duration.ZERO, RetrySettings.DEFAULTS.kinds()))
			.fails(FailureKind.OVERLOADED)
			.fails(FailureKind.OVERLOADED);
		this.scenario.endpoint("b").answers("Hi");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void movesOnWhenTheEndpointClosedItsGateMeanwhile() {
		ScriptedEndpoint a = this.scenario.endpoint("a").retry(THREE_ATTEMPTS).fails(FailureKind.OVERLOADED);
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		a.open(Duration.ofSeconds(30));
		this.scenario.advance(Duration.ofMillis(200));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void stopsRetryingWhenEverythingFails() {
		RetrySettings eager = new RetrySettings(2, Duration.ZERO, RetrySettings.DEFAULTS.kinds());
		ScriptedEndpoint a = this.scenario.endpoint("a").retry(eager);
		for (int call = 0; call < 50; call++) {
			a.fails(FailureKind.SERVER_ERROR).fails(FailureKind.SERVER_ERROR);
			this.scenario.stream();
		}
		assertThat(a.requests).hasSize(60);
	}

	@Test
	void doesNotClimbTheLadderWhenItRetries() {
		this.scenario.settings(
				CallSettings.builder().attemptTimeouts(List.of(Duration.ofSeconds(2), Duration.ofSeconds(5))).build());
		this.scenario.endpoint("a")
			.retry(new RetrySettings(2, Duration.ZERO, RetrySettings.DEFAULTS.kinds()))
			.fails(FailureKind.OVERLOADED)
			.hangs();
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void keepsTimeForTheNextEndpointWhenItRetries() {
		this.scenario.settings(CallSettings.builder().deadline(Duration.ofSeconds(15)).build());
		this.scenario.endpoint("a")
			.retry(new RetrySettings(2, Duration.ZERO, RetrySettings.DEFAULTS.kinds()))
			.fails(FailureKind.OVERLOADED)
			.hangs();
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.ask();
		this.scenario.advance(Duration.ofSeconds(15));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void hedgesARetryOntoTheNextEndpoint() {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(Duration.ofSeconds(1), 1)).build());
		this.scenario.endpoint("a")
			.retry(new RetrySettings(2, Duration.ZERO, RetrySettings.DEFAULTS.kinds()))
			.fails(FailureKind.OVERLOADED)
			.hangs();
		this.scenario.endpoint("b").answers("Hi");
		this.scenario.endpoint("c");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void pausesBeforeASwitchWhenToldTo() {
		this.scenario.settings(CallSettings.builder().switchDelay(Duration.ofMillis(50)).build());
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofMillis(49));
		assertThat(caller.completed).isFalse();
		this.scenario.advance(Duration.ofMillis(1));
		assertThat(caller.completed).isTrue();
	}

	@Test
	void waitsForTheFirstEndpointThatComesBack() {
		this.scenario.settings(CallSettings.builder().waitWhenUnavailable(true).build());
		ScriptedEndpoint a = this.scenario.endpoint("a").open(Duration.ofSeconds(10)).answers("Hi");
		this.scenario.endpoint("b").open(Duration.ofSeconds(60));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(9));
		a.availability = Availability.AVAILABLE;
		assertThat(caller.completed).isFalse();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
	}

	@Test
	void doesNotWaitBeyondTheDeadline() {
		this.scenario
			.settings(CallSettings.builder().waitWhenUnavailable(true).deadline(Duration.ofSeconds(5)).build());
		this.scenario.endpoint("a").open(Duration.ofSeconds(10));
		assertThat(this.scenario.stream().error).isInstanceOf(NoEndpointAvailableException.class);
	}

	@Test
	void endsAtTheDeadlineWhenItWaitedInVain() {
		this.scenario
			.settings(CallSettings.builder().waitWhenUnavailable(true).deadline(Duration.ofSeconds(5)).build());
		this.scenario.endpoint("a").open(Duration.ofSeconds(4));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(5));
		assertThat(caller.error).isInstanceOfAny(NoEndpointAvailableException.class, DeadlineExceededException.class);
	}

	@ParameterizedTest
	@EnumSource(names = { "CONCURRENCY_LIMIT", "PROBE_IN_PROGRESS" })
	void endsAtTheDeadlineWhenNoPlaceBecameFree(SkipReason reason) {
		this.scenario
			.settings(CallSettings.builder().waitWhenUnavailable(true).deadline(Duration.ofSeconds(5)).build());
		this.scenario.endpoint("a").availability = new Availability(reason, null, null);
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(5));
		assertThat(caller.error).isInstanceOf(DeadlineExceededException.class);
		assertThat(this.scenario.events).filteredOn(FailoverEvent.CallEnded.class::isInstance).hasSize(1);
	}

	@Test
	void triesAgainWhenSomebodyElseWasQuickerAndThePlaceIsFreeOnceMore() {
		this.scenario.settings(CallSettings.builder().waitWhenUnavailable(true).build());
		this.scenario.endpoint("a").answers("Hi").racesToLose = 3;
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void takesAPlaceThatBecameFreeWhileItDecidedToWait(int looksInVain) {
		this.scenario.settings(CallSettings.builder().waitWhenUnavailable(true).build());
		ScriptedEndpoint a = this.scenario.endpoint("a").answers("Hi");
		a.availability = new Availability(SkipReason.CONCURRENCY_LIMIT, null, null);
		AtomicInteger looks = new AtomicInteger();
		a.afterCheck = () -> {
			if (looks.incrementAndGet() == looksInVain) {
				a.availability = Availability.AVAILABLE;
			}
		};
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
	}

	@Test
	void asksNobodyTwiceBecauseItLostAPlaceElsewhere() {
		this.scenario.settings(CallSettings.builder().waitWhenUnavailable(true).build());
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b").answers("Hi").racesToLose = 1;
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(caller.result().response().attempts()).extracting(Attempt::endpoint).containsExactly("a", "b");
	}

	@Test
	void doesNotSpinAroundAPlaceThatIsAlwaysGone() {
		this.scenario
			.settings(CallSettings.builder().waitWhenUnavailable(true).deadline(Duration.ofSeconds(5)).build());
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.raceLost = true;
		AtomicInteger looks = new AtomicInteger();
		a.afterCheck = looks::incrementAndGet;
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(5));
		assertThat(caller.error).isInstanceOfAny(NoEndpointAvailableException.class, DeadlineExceededException.class);
		assertThat(looks).hasValueBetween(1000, 50_000);
	}

	@Test
	void forgetsACallThatIsCancelledWhileItWaits() {
		this.scenario.settings(CallSettings.builder().waitWhenUnavailable(true).build());
		this.scenario.endpoint("a").open(Duration.ofSeconds(10));
		Scenario.Caller caller = this.scenario.stream();
		caller.cancel();
		this.scenario.advance(Duration.ofSeconds(20));
		assertThat(this.scenario.log).isEmpty();
	}

}
