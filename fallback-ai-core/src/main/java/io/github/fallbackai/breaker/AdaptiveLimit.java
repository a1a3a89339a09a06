// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

/**
 * Finds out how many calls an endpoint takes. The limit grows by one after each round of
 * calls that needed it and went well. It falls as soon as the endpoint complains or
 * answers far more slowly than usual (additive increase, multiplicative decrease).
 */
final class AdaptiveLimit implements CallLimit {

	private static final int FIRST = 20;

	private static final int MOST = 1000;

	private static final double AFTER_COMPLAINT = 0.7;

	private static final double WHEN_SLOW = 0.9;

	/** This many times the usual time to first content is slow. */
	private static final double SLOW = 3;

	private static final double WEIGHT_OF_LATEST = 0.05;

	/** One overload makes many calls fail, so it counts once within this time. */
	private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

	private final int most;

	private volatile double limit;

	private double usualNanos;

	private boolean decreased;

	private long decreasedAt;

	/**
	 * Starts with twenty.
	 * @param most upper bound, 0 for a thousand
	 */
	AdaptiveLimit(int most) {
		this.most = (most > 0) ? most : MOST;
		this.limit = Math.min(FIRST, this.most);
	}

	@Override
	public int current() {
		return (int) this.limit;
	}

	@Override
	public synchronized void answered(long nanos, int calls, long now) {
		boolean slow = this.usualNanos > 0 && nanos > this.usualNanos * SLOW;
		this.usualNanos += (this.usualNanos == 0) ? nanos : WEIGHT_OF_LATEST * (nanos - this.usualNanos);
		if (slow) {
			decrease(WHEN_SLOW, now);
		}
		else if (calls * 2 >= current()) {
			this.limit = Math.min(this.most, this.limit + 1 / this.limit);
		}
	}

	@Override
	public synchronized void overloaded(long now) {
		decrease(AFTER_COMPLAINT, now);
	}

	private void decrease(double factor, long now) {
		if (!this.decreased || now - this.decreasedAt >= PAUSE_NANOS) {
			this.limit = Math.max(1, this.limit * factor);
			this.decreased = true;
			this.decreasedAt = now;
		}
	}

}
