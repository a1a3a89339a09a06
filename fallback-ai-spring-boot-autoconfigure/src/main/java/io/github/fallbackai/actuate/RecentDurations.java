// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The latest durations. Belongs to one thread at a time.
 */
final class RecentDurations {

	private static final int MOST = 256;

	private final long[] millis = new long[MOST];

	/** Attempts of years. */
	private long added;

	RecentDurations() {
		this(0);
	}

	/**
	 * @param added how many there were before
	 */
	RecentDurations(long added) {
		this.added = added;
	}

	void add(Duration duration) {
		this.millis[(int) (this.added % MOST)] = duration.toMillis();
		this.added++;
	}

	EndpointStatistics.@Nullable Percentiles percentiles() {
		if (this.added == 0) {
			return null;
		}
		long[] sorted = Arrays.copyOf(this.millis, (int) Math.min(this.added, MOST));
		Arrays.sort(sorted);
		return new EndpointStatistics.Percentiles(at(sorted, 50), at(sorted, 95), at(sorted, 99));
	}

	private static long at(long[] sorted, int percent) {
		return sorted[(sorted.length - 1) * percent / 100];
	}

}
