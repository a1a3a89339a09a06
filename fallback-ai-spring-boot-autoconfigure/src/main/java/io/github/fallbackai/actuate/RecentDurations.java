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

	private int size;

	private int next;

	void add(Duration duration) {
		this.millis[this.next] = duration.toMillis();
		this.next = (this.next + 1) % MOST;
		this.size = Math.max(this.size, (this.next > 0) ? this.next : MOST);
	}

	EndpointStatistics.@Nullable Percentiles percentiles() {
		if (this.size == 0) {
			return null;
		}
		long[] sorted = Arrays.copyOf(this.millis, this.size);
		Arrays.sort(sorted);
		return new EndpointStatistics.Percentiles(at(sorted, 50), at(sorted, 95), at(sorted, 99));
	}

	private static long at(long[] sorted, int percent) {
		return sorted[(sorted.length - 1) * percent / 100];
	}

}
