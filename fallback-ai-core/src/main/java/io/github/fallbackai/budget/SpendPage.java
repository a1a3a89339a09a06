// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.state.SpendPeriod;

/**
 * What was spent in one period, in billionths. Belongs to a ledger's lock.
 */
final class SpendPage {

	/**
	 * A clock that shows more periods than that, and comes back each time, makes some of
	 * it count twice.
	 */
	private static final int MOST_PARTS = 64;

	private final SpendPeriod period;

	private final long begin;

	private final long end;

	private long here;

	/**
	 * What that consists of: by the number of the period in which it was spent, this one
	 * or, if the clock was set back, a later one.
	 */
	private final Map<Long, Long> parts = new HashMap<>(2);

	/** How much of it the store knows. */
	private long reported;

	/** Spent by others, as far as the store told. */
	private long elsewhere;

	SpendPage(SpendPeriod period, long now) {
		this.period = period;
		this.end = now + period.remaining(now).toMillis();
		this.begin = this.end - period.length().toMillis();
	}

	SpendPeriod period() {
		return this.period;
	}

	boolean covers(long now) {
		return this.begin <= now && now < this.end;
	}

	boolean laterThan(SpendPage other) {
		return this.period.number() > other.period.number();
	}

	void add(long amount) {
		add(this.period.number(), amount);
	}

	private void add(long origin, long amount) {
		this.here = Billionths.sum(this.here, amount);
		this.parts.merge(origin, amount, Billionths::sum);
	}

	/**
	 * Takes over what a later page has and this one has not. By whatever ways the clock
	 * went back, nothing is left out, and nothing counts twice.
	 */
	void carry(SpendPage later) {
		later.parts.forEach((origin, amount) -> {
			long known = this.parts.getOrDefault(origin, 0L);
			if (amount > known) {
				add(origin, amount - known);
			}
		});
		if (this.parts.size() > MOST_PARTS) {
			this.parts.keySet().retainAll(List.of(this.period.number()));
		}
	}

	/** The store answered a report. What others spent never becomes less in a period. */
	void answered(long report, long total) {
		this.reported = Math.max(this.reported, report);
		this.elsewhere = Math.max(this.elsewhere, total - report);
	}

	/** Spent by this instance. */
	long here() {
		return this.here;
	}

	boolean unreported() {
		return this.here > this.reported;
	}

	/** Spent by all. */
	long spent() {
		return Billionths.sum(this.here, this.elsewhere);
	}

}
