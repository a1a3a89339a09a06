// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.Arrays;

/**
 * The latest times to first content of an endpoint. Safe for use by several threads.
 */
final class FirstContentTimes {

	private static final int SIZE = 128;

	private static final int FEWEST = 20;

	private static final double PERCENTILE = 0.95;

	private final long[] nanos = new long[SIZE];

	private long count;

	synchronized void add(long time) {
		this.nanos[(int) (this.count++ % SIZE)] = time;
	}

	/** The 95th percentile in nanoseconds, negative while too few times are known. */
	long p95() {
		long[] sorted;
		synchronized (this) {
			if (this.count < FEWEST) {
				return -1;
			}
			sorted = Arrays.copyOf(this.nanos, (int) Math.min(this.count, SIZE));
		}
		Arrays.sort(sorted);
		return sorted[(int) Math.ceil(sorted.length * PERCENTILE) - 1];
	}

}
