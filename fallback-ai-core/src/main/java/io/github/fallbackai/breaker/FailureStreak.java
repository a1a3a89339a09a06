// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

/**
 * Counts failures in a row. Needs the breaker's lock.
 */
final class FailureStreak {

	private final RecentCalls recentCalls = new RecentCalls();

	private final int threshold;

	private int failures;

	FailureStreak(int threshold) {
		this.threshold = threshold;
	}

	void callStarted(long now) {
		this.recentCalls.started(now);
	}

	/**
	 * Counts a failure.
	 * @return whether there are too many in a row, which opens the breaker only while
	 * traffic is low
	 */
	boolean failed(long now) {
		this.failures++;
		return this.failures >= this.threshold && this.recentCalls.few(now);
	}

	void end() {
		this.failures = 0;
	}

}
