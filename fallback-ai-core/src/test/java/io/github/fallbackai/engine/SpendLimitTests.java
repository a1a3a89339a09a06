// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.Requirements;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.RetrySettings;
import io.github.fallbackai.status.Spending;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that pass over endpoints for what they cost. A request of 5 tokens whose answer
 * may have 95 is expected to cost 0.1 at "limited", which may cost 0.25 an hour.
 */
class SpendLimitTests {

	private static final SpendLimit LIMIT = new SpendLimit(new BigDecimal("0.25"), Duration.ofHours(1));

	private final Scenario scenario = new Scenario();

	private final ScriptedEndpoint limited = this.scenario.endpoint("limited",
			(endpoint) -> endpoint.price(Price.of("1000", "1000")).spendLimit(LIMIT));

	private final ScriptedEndpoint unpriced = this.scenario.endpoint("unpriced");

	@BeforeEach
	void limit() {
		EndpointBudgets budgets = new EndpointBudgets(List.of(this.limited.endpoint()), new VirtualClock(), null,
				Duration.ofSeconds(5), this.scenario.time);
		this.limited.budget = budgets.budget(this.limited.endpoint());
		this.scenario.advance(Duration.ofMinutes(50));
	}

	@Test
	void goElsewhereWhenTheLimitIsReservedByCallsUnderWay() {
		this.limited.hangs().hangs();
		this.unpriced.answers("Hi");
		this.scenario.call(request(), Delivery.EVENTS);
		this.scenario.call(request(), Delivery.EVENTS);
		assertThat(this.scenario.call(request(), Delivery.EVENTS).result().response().endpoint()).isEqualTo("unpriced");
		assertThat(spending().reserved()).isEqualByComparingTo("0.2");
	}

	@Test
	void giveBackWhatTheyDidNotUseHoweverTheyEnd() {
		Flux<EndpointEvent> end = ScriptedEndpoint.finish();
		this.limited
			.emits(ScriptedEndpoint.texts("Hi")
				.concatWith(end)
				.concatWith(Flux.just(new EndpointEvent.UsageReported(new Usage(6, 4, null, null)))))
			.fails(FailureKind.TIMED_OUT)
			.hangs();
		this.unpriced.answers("Hi");
		this.scenario.call(request(), Delivery.EVENTS);
		assertThat(spending().spent()).isEqualByComparingTo("0.01");
		this.scenario.call(request(), Delivery.EVENTS);
		assertThat(spending().spent()).isEqualByComparingTo("0.015");
		Scenario.Caller cancelled = this.scenario.call(request(), Delivery.EVENTS);
		assertThat(spending().reserved()).isEqualByComparingTo("0.1");
		cancelled.cancel();
		assertThat(spending().spent()).isEqualByComparingTo("0.02");
		assertThat(spending().reserved()).isZero();
	}

	@Test
	void giveBackWhatALostRaceReserved() {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(Duration.ofSeconds(1), 1)).build());
		this.limited.hangs();
		this.unpriced.answers("Hi");
		this.scenario.call(request(), Delivery.EVENTS);
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(spending().reserved()).isZero();
		assertThat(spending().spent()).isEqualByComparingTo("0.005");
	}

	@Test
	void giveBackWhatTheyReservedWhenThePermitIsGone() {
		this.limited.raceLost = true;
		this.unpriced.answers("Hi");
		assertThat(this.scenario.call(request(), Delivery.EVENTS).result().response().endpoint()).isEqualTo("unpriced");
		assertThat(spending().reserved()).isZero();
		assertThat(spending().spent()).isZero();
	}

	@Test
	void failWithTheTimeUntilTheNextPeriodWhenNobodyElseIsLeft() {
		this.unpriced.open(Duration.ofMinutes(30));
		spend("0.2");
		assertThat(this.scenario.call(request(), Delivery.EVENTS).error)
			.isInstanceOfSatisfying(NoEndpointAvailableException.class, (error) -> {
				assertThat(error.skips().get(0))
					.isEqualTo(new Skip("limited", SkipReason.SPEND_LIMIT_REACHED, null, Duration.ofMinutes(10)));
				assertThat(error.retryAfter()).contains(Duration.ofMinutes(10));
			});
		assertThat(this.scenario.log).isEmpty();
	}

	@Test
	void mayWaitForTheNextPeriod() {
		this.scenario.settings(CallSettings.builder().waitWhenUnavailable(true).build());
		this.unpriced.open(Duration.ofHours(3));
		this.scenario.advance(Duration.ofMinutes(9));
		spend("0.25");
		this.limited.answers("Hi");
		Scenario.Caller caller = this.scenario.call(request(), Delivery.EVENTS);
		this.scenario.advance(Duration.ofSeconds(59));
		assertThat(this.limited.requests).isEmpty();
		this.scenario.advance(Duration.ofSeconds(10));
		assertThat(caller.result().response().endpoint()).isEqualTo("limited");
	}

	@Test
	void doNotAskTheSameEndpointAgainBeyondItsLimit() {
		this.limited.retry(new RetrySettings(3, Duration.ZERO, RetrySettings.DEFAULTS.kinds()));
		spend("0.148");
		this.limited.fails(FailureKind.SERVER_ERROR);
		this.unpriced.answers("Hi");
		assertThat(this.scenario.call(request(), Delivery.EVENTS).result().response().endpoint()).isEqualTo("unpriced");
		assertThat(this.limited.requests).hasSize(1);
	}

	@Test
	void areNotHedgedOntoAnEndpointWithoutBudget() {
		Scenario hedging = new Scenario();
		hedging.settings(CallSettings.builder().hedge(new HedgeSettings(Duration.ofSeconds(1), 1)).build());
		hedging.endpoint("slow").hangs();
		ScriptedEndpoint backup = hedging.endpoint("backup",
				(endpoint) -> endpoint.price(Price.of("1000", "1000")).spendLimit(LIMIT));
		backup.budget = this.limited.budget;
		hedging.endpoint("third").answers("Hi");
		Scenario.Caller caller = hedging.call(request(), Delivery.EVENTS);
		spend("0.2");
		hedging.advance(Duration.ofSeconds(1));
		assertThat(caller.result().response().endpoint()).isEqualTo("third");
	}

	@ParameterizedTest
	@CsvSource({ "0.1, 95, ", "0.0999, 95, TOO_EXPENSIVE", "1.005, , ", "1.0049, , TOO_EXPENSIVE",
			"0, 1, TOO_EXPENSIVE" })
	void passOverWhatMayCostMoreThanTheyAllow(BigDecimal maxCost, Integer maxTokens, SkipReason expected) {
		ChatRequest request = ChatRequest.builder()
			.user("hello")
			.maxTokens(maxTokens)
			.options(ChatOptions.DEFAULTS.withMaxCost(maxCost))
			.build();
		CandidateChain chain = new CandidateChain("default",
				List.of(this.limited.candidate(), this.unpriced.candidate()), CallSettings.DEFAULTS);
		Requirements requirements = Requirements.of(chain, chain.order(), request, TokenEstimator.ROUGH);
		assertThat(chain.candidates()).extracting(requirements::obstacle)
			.containsExactly(expected, SkipReason.PRICE_UNKNOWN);
	}

	private void spend(String amount) {
		this.limited.budget.tryReserve(0, 0).settle(new BigDecimal(amount));
	}

	private Spending spending() {
		return this.limited.budget.spending();
	}

	private static ChatRequest request() {
		return ChatRequest.builder().user("hello").maxTokens(95).build();
	}

	/** Wall-clock time of the scenario, which begins on the hour. */
	private final class VirtualClock extends Clock {

		@Override
		public Instant instant() {
			return Instant.ofEpochMilli(SpendLimitTests.this.scenario.time.now(TimeUnit.MILLISECONDS));
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
