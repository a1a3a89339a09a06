// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.SpendLimit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A budget under a clock that jumps to and fro, by milliseconds or by years, also about
 * the ends of periods.
 */
class WrongClockTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final int STEPS = 60;

	private static final BigDecimal LIMIT = BigDecimal.TEN;

	private static final Instant BEGIN = Instant.parse("2026-03-29T23:59:59Z");

	private static final List<Duration> ERRORS = List.of(Duration.ZERO, Duration.ofMillis(20), HOUR,
			Duration.ofMinutes(61), Duration.ofHours(7), Duration.ofDays(3), Duration.ofDays(4000));

	private final BudgetFixture clock = new BudgetFixture();

	private Instant right = BEGIN;

	/**
	 * No period costs more than the limit. A clock that goes back renews nothing, and a
	 * period that is later than all before has its whole limit. The wait that is told is
	 * the right one.
	 */
	@RepeatedTest(60)
	void isRenewedOncePerPeriodAndNotLater(RepetitionInfo repetition) {
		SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
		this.clock.set(BEGIN.toString());
		Endpoint endpoint = BudgetFixture.endpoint(new SpendLimit(LIMIT, HOUR));
		EndpointBudget budget = budget(endpoint);
		Set<Long> shown = new HashSet<>();
		BigDecimal sum = BigDecimal.ZERO;
		BigDecimal before = BigDecimal.ZERO;
		long latest = Long.MIN_VALUE;
		long last = Long.MIN_VALUE;
		for (int step = 0; step < STEPS; step++) {
			long period = this.clock.instant().getEpochSecond() / HOUR.toSeconds();
			shown.add(period);
			BigDecimal spent = budget.spending().spent();
			if (period > latest) {
				assertThat(spent).as("later than all before").isZero();
			}
			if (period < last) {
				assertThat(spent).as("set back").isGreaterThanOrEqualTo(before);
			}
			latest = Math.max(latest, period);
			last = period;
			BigDecimal next = BigDecimal.valueOf(1 + random.nextInt(10));
			Duration wait = budget.exhaustedFor(tokens(next), 0);
			if (wait == null) {
				BudgetFixture.spend(budget, next.toString());
				sum = sum.add(next);
			}
			assertThat(wait == null || wait.compareTo(Duration.ZERO) > 0).isTrue();
			assertThat(sum).isLessThanOrEqualTo(LIMIT.multiply(BigDecimal.valueOf(shown.size())));
			before = budget.spending().spent();
			this.right = this.right.plusMillis(random.nextInt(30 * 60 * 1000));
			Duration error = ERRORS.get(random.nextInt(ERRORS.size()));
			this.clock.set(this.right.plus(random.nextBoolean() ? error : error.negated()).toString());
		}
		assertRightAgain(budget);
	}

	/**
	 * Within the next two periods of a clock that is right, there is all of the budget.
	 */
	private void assertRightAgain(EndpointBudget budget) {
		this.clock.set(this.right.toString());
		Duration wait = budget.exhaustedFor(tokens(LIMIT), 0);
		if (wait == null) {
			return;
		}
		Instant renewed = this.right.plus(wait);
		this.clock.set(renewed.minusMillis(1).toString());
		assertThat(budget.exhaustedFor(tokens(LIMIT), 0)).as("before the wait is over").isNotNull();
		this.clock.set(renewed.toString());
		assertThat(budget.exhaustedFor(tokens(LIMIT), 0)).as("after the wait of %s", wait).isNull();
	}

	@Test
	void twoSetBacksRenewNoMoreThanOne() {
		EndpointBudget budget = budget(BudgetFixture.endpoint());
		this.clock.set("2026-03-29T12:00:00Z");
		BudgetFixture.spend(budget, "10");
		this.clock.set("2026-03-28T12:00:00Z");
		assertThat(budget.exhaustedFor(0, 0)).isNotNull();
		this.clock.set("2026-03-29T12:00:00Z");
		this.clock.set("2026-03-27T12:00:00Z");
		assertThat(budget.exhaustedFor(0, 0)).isNotNull();
	}

	@Test
	void nothingCountsTwiceHoweverTheClockWentBack() {
		EndpointBudget budget = budget(BudgetFixture.endpoint());
		this.clock.set("2026-03-29T12:00:00Z");
		BudgetFixture.spend(budget, "3");
		for (String day : List.of("28", "27", "29", "27", "28", "26", "29", "26")) {
			this.clock.set("2026-03-" + day + "T12:00:00Z");
			assertThat(budget.spending().spent()).as(day).isEqualTo("3");
		}
	}

	private EndpointBudget budget(Endpoint endpoint) {
		return this.clock.budgets(endpoint, null).budget(endpoint);
	}

	/** At a price of one for a million. */
	private static long tokens(BigDecimal cost) {
		return cost.longValue() * 1_000_000;
	}

}
