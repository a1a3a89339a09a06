// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

/**
 * Tells whether traffic is low. Then a rate of failures says little, and a few failures
 * in a row say enough. Not safe for use by several threads.
 */
final class RecentCalls {

	private static final int BUSY = 20;

	private static final long SPAN_NANOS = Duration.ofSeconds(30).toNanos();

	private final long[] startedAt = new long[BUSY];

	private long calls;

	void started(long now) {
		this.startedAt[(int) (this.calls % BUSY)] = now;
		this.calls++;
	}

	/** Whether fewer than 20 calls started within the last 30 s. */
	boolean few(long now) {
		if (this.calls < BUSY) {
			return true;
		}
		long oldest = this.startedAt[(int) (this.calls % BUSY)];
		return now - oldest > SPAN_NANOS;
	}

}
