// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.endpoint.Nanos;
import io.github.resilience4j.core.IntervalFunction;

/**
 * How long an endpoint rests before it is probed: a sixth of its outage's age, within two
 * bounds. So it is back soon after a short outage, and gets few probes in a long one.
 * <p>
 * Later waits may be a bit shorter than the first one. With the defaults a call every
 * four seconds then finds an endpoint that was down for a minute back within ten seconds,
 * in whatever moment between two calls it recovered, and no more than ten requests
 * reached it until then.
 *
 * @param first nanoseconds after the first opening
 * @param longest nanoseconds at most
 */
record ProbeSpacing(long first, long longest) implements IntervalFunction {

	private static final int PART = 6;

	/** The shortest later wait, in quarters of the first. */
	private static final int QUARTERS = 3;

	static ProbeSpacing between(Duration shortest, Duration longest) {
		long least = Nanos.of(shortest);
		return new ProbeSpacing(least, Math.max(least, Nanos.of(longest)));
	}

	/** The wait in an outage that has lasted for the given nanoseconds, none at first. */
	Duration after(long age) {
		return Duration.ofNanos(length(age));
	}

	private long length(long age) {
		return (age <= 0) ? this.first : Math.max(this.first / 4 * QUARTERS, Math.min(age / PART, this.longest));
	}

	/**
	 * The least age of an outage at its n-th opening, if each probe failed at once.
	 */
	long ageAt(int opening) {
		long age = 0;
		for (int i = 1; i < opening; i++) {
			age += Math.min(length(age), Long.MAX_VALUE / 4 - age);
		}
		return age;
	}

	/** The length that Resilience4j sees: the milliseconds of a first opening. */
	@Override
	public Long apply(Integer attempt) {
		return Math.max(1, TimeUnit.NANOSECONDS.toMillis(this.first));
	}

}
