// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The average of an endpoint's latest times to first content, in which later ones weigh
 * more. Safe for use by several threads.
 */
final class Latency {

	private static final double WEIGHT_OF_LATEST = 0.2;

	/** After this time without new values, half of the average is forgotten. */
	private static final double HALF_LIFE_NANOS = Duration.ofSeconds(60).toNanos();

	private final LongSupplier clock;

	private double average;

	private long updatedAt;

	Latency(LongSupplier clock) {
		this.clock = clock;
	}

	synchronized void add(long nanos) {
		this.average = (this.average == 0) ? nanos : this.average + WEIGHT_OF_LATEST * (nanos - this.average);
		this.updatedAt = this.clock.getAsLong();
	}

	/** The average in nanoseconds, 0 while nothing is known. */
	synchronized double nanos() {
		if (this.average == 0) {
			return 0;
		}
		double age = this.clock.getAsLong() - this.updatedAt;
		return this.average * Math.pow(0.5, age / HALF_LIFE_NANOS);
	}

}
