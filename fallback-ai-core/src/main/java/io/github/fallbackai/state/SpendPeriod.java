// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;

/**
 * One of the equally long periods into which time is divided since 1970-01-01T00:00Z, by
 * the wall clock.
 *
 * @param length length of a period, in whole milliseconds, at least one
 * @param number number of periods before it
 */
public record SpendPeriod(Duration length, long number) {

	/**
	 * The period that a moment belongs to.
	 * @param length length of a period
	 * @param epochMillis the moment
	 */
	public static SpendPeriod at(Duration length, long epochMillis) {
		return new SpendPeriod(length, Math.floorDiv(epochMillis, length.toMillis()));
	}

	/**
	 * How long the period lasts from a moment on; zero if it is over.
	 * @param epochMillis the moment
	 */
	public Duration remaining(long epochMillis) {
		long end = Math.multiplyExact(this.number + 1, this.length.toMillis());
		return Duration.ofMillis(Math.max(0, end - epochMillis));
	}

}
