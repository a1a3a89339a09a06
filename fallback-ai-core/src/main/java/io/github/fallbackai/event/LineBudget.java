// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits how many lines of a kind reach the log: 20 at once, then one a second. Safe for
 * use by several threads.
 */
final class LineBudget {

	/** The line exceeds the limit. */
	static final long NONE = -1;

	private static final int BURST = 20;

	private static final long REFILL_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final LongSupplier nanoClock;

	private long left = BURST;

	private long refilledAt;

	private long omitted;

	LineBudget(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
		this.refilledAt = nanoClock.getAsLong();
	}

	/**
	 * Asks whether a line may be written.
	 * @return how many lines were left out since the last one, {@link #NONE} if this one
	 * has to be left out too
	 */
	synchronized long tryWrite() {
		long earned = (this.nanoClock.getAsLong() - this.refilledAt) / REFILL_NANOS;
		this.refilledAt += earned * REFILL_NANOS;
		this.left = Math.min(BURST, this.left + earned);
		if (this.left == 0) {
			this.omitted++;
			return NONE;
		}
		this.left--;
		long before = this.omitted;
		this.omitted = 0;
		return before;
	}

}
