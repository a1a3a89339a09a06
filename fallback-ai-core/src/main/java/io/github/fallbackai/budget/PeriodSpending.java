// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;

/**
 * What was spent in the present one of the equally long periods since 1970 in UTC, by the
 * same rule as the limits of endpoints: a clock that is set back renews nothing, and one
 * that was ahead once freezes nothing. Safe for use by several threads.
 */
public final class PeriodSpending extends SharedPages {

	/**
	 * Begins with nothing.
	 * @param subject what it is counted for; instances that share count together what has
	 * the same one
	 * @param period length of a period, in whole milliseconds, at least one
	 * @param clock tells when a period ends
	 */
	public PeriodSpending(EndpointId subject, Duration period, Clock clock) {
		super(subject, period, clock);
	}

	/**
	 * Adds an amount.
	 * @param amount the amount, not negative; rounded up to a billionth
	 */
	public synchronized void add(BigDecimal amount) {
		present().add(Billionths.of(amount));
	}

	/**
	 * Adds an amount if there is room for it.
	 * @param amount the amount, not negative
	 * @param most what may be spent in a period
	 * @return whether there was room
	 */
	public synchronized boolean tryAdd(BigDecimal amount, BigDecimal most) {
		SpendPage page = present();
		long added = Billionths.of(amount);
		if (Billionths.sum(page.spent(), added) > Billionths.of(most)) {
			return false;
		}
		page.add(added);
		return true;
	}

	/** What was spent in the present period. */
	public synchronized BigDecimal spent() {
		return Billionths.amount(present().spent());
	}

	/** How long the present period lasts. */
	public synchronized Duration remaining() {
		long now = now();
		return pages().at(now).period().remaining(now);
	}

}
