package io.github.fallbackai.gateway;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;

import io.github.fallbackai.budget.PeriodSpending;

/**
 * What was spent on the present day in UTC. Safe for use by several threads.
 */
final class DailyLedger {

	private final PeriodSpending spending;

	DailyLedger(Clock clock) {
		this.spending = new PeriodSpending(Duration.ofDays(1), clock);
	}

	void add(BigDecimal amount) {
		this.spending.add(amount);
	}

	BigDecimal spent() {
		return this.spending.spent();
	}

	/** Time until the ledger is empty again. */
	Duration remaining() {
		return this.spending.remaining();
	}

}
