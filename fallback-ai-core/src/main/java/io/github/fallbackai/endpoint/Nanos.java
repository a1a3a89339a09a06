// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.time.Duration;

/**
 * Durations as nanoseconds for timers and clocks, where the longest ones mean "for ever".
 * Internal: public for other packages of the library.
 */
public final class Nanos {

	/**
	 * About 73 years, which stands for every longer duration too. Three of them can be
	 * added to one another, or one to a clock, without overflow.
	 */
	private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE / 4);

	/** Kept, because {@link Duration#negated()} calculates with big decimals. */
	private static final Duration FOR_EVER_AGO = FOR_EVER.negated();

	private Nanos() {
	}

	/**
	 * Converts a duration of any length.
	 * @param duration the duration
	 * @return nanoseconds, 73 years at most in either direction
	 */
	public static long of(Duration duration) {
		return bounded(duration).toNanos();
	}

	/**
	 * Cuts a duration down to what timers can count.
	 * @param duration the duration
	 * @return the duration, or 73 years in its direction if it is longer
	 */
	public static Duration bounded(Duration duration) {
		if (duration.compareTo(FOR_EVER) > 0) {
			return FOR_EVER;
		}
		return (duration.compareTo(FOR_EVER_AGO) < 0) ? FOR_EVER_AGO : duration;
	}

}
