// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the status says of an endpoint with a spend limit: the same as the next call that
 * bounds its answer no more than most do, which is expected to cost a little over 0.04.
 */
class SpendingStatusTests {

	private static final SpendLimit LIMIT = new SpendLimit(new BigDecimal("0.25"), Duration.ofDays(1));

	private final Scenario scenario = new Scenario();

	private final ScriptedEndpoint limited = this.scenario.endpoint("limited",
			(endpoint) -> endpoint.price(Price.of("40", "40")).spendLimit(LIMIT));

	private final ScriptedEndpoint unpriced = this.scenario.endpoint("unpriced");

	@BeforeEach
	void limit() {
		EndpointBudgets budgets = new EndpointBudgets(List.of(this.limited.endpoint()),
				Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), null, Duration.ofSeconds(5), this.scenario.time);
		this.limited.budget = budgets.budget(this.limited.endpoint());
	}

	@Test
	void showsWhatIsSpentAndThatNothingIsLeft() {
		spend("0.1");
		long version = status().version();
		spend("0.1");
		assertThat(status().version()).isEqualTo(version);
		assertThat(endpoint().available()).isTrue();
		assertThat(endpoint().spending().spent()).isEqualByComparingTo("0.2");
		spend("0.05");
		assertThat(endpoint().available()).isFalse();
		assertThat(endpoint().skipReason()).isEqualTo(SkipReason.SPEND_LIMIT_REACHED);
		assertThat(status().version()).isGreaterThan(version);
		assertThat(status().defaultChain().active().name()).isEqualTo("unpriced");
	}

	@Test
	void namesWhoAnswersTheNextCallWhenTooLittleIsLeft() {
		spend("0.22");
		this.unpriced.answers("Hi");

		assertThat(status().defaultChain().active().name()).isEqualTo("unpriced");
		assertThat(endpoint().skipReason()).isEqualTo(SkipReason.SPEND_LIMIT_REACHED);
		assertThat(this.scenario.call(ChatRequest.of("hello"), Delivery.EVENTS).result().response().endpoint())
			.isEqualTo("unpriced");
	}

	private void spend(String amount) {
		this.limited.budget.tryReserve(0, 0).settle(new BigDecimal(amount));
	}

	private FallbackStatus status() {
		return this.scenario.engine().status(null);
	}

	private EndpointStatus endpoint() {
		return status().endpoint("limited").orElseThrow();
	}

}
