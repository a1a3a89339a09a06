package io.github.fallbackai.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;

/**
 * What was spent in the present one of the equally long periods since 1970 in UTC, by the
 * same rule as the limits of endpoints: a clock that is set back renews nothing, and one
 * that was ahead once freezes nothing. Safe for use by several threads.
 */
public final class PeriodSpending {

	private final Clock clock;

	private final SpendPages pages;

	/**
	 * Begins with nothing.
	 * @param period length of a period, in whole milliseconds, at least one
	 * @param clock tells when a period ends
	 */
	public PeriodSpending(Duration period, Clock clock) {
		this.clock = clock;
		this.pages = new SpendPages(period, clock.millis());
	}

	/**
	 * Adds an amount.
	 * @param amount the amount, not negative; rounded up to a billionth
	 */
	public synchronized void add(BigDecimal amount) {
		this.pages.at(this.clock.millis()).add(Billionths.of(amount));
	}

	/** What was spent in the present period. */
	public synchronized BigDecimal spent() {
		return Billionths.amount(this.pages.at(this.clock.millis()).spent());
	}

	/** How long the present period lasts. */
	public synchronized Duration remaining() {
		long now = this.clock.millis();
		return this.pages.at(now).period().remaining(now);
	}

}
