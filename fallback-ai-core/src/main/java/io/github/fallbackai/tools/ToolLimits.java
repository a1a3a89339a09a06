// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How long and how often a tool may run. Immutable.
 */
public final class ToolLimits {

	/** As long as the call's deadline permits, and as often as the model likes. */
	public static final ToolLimits NONE = new ToolLimits(null, Integer.MAX_VALUE);

	private final @Nullable Duration timeout;

	private final int maxRuns;

	private ToolLimits(@Nullable Duration timeout, int maxRuns) {
		this.timeout = timeout;
		this.maxRuns = maxRuns;
	}

	/**
	 * The same limits with another time for each run. When it passes, the run is
	 * cancelled and the model is told so.
	 * @param timeout the time, positive
	 * @return the limits
	 */
	public ToolLimits withTimeout(Duration timeout) {
		if (timeout.isZero() || timeout.isNegative()) {
			throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
		}
		return new ToolLimits(timeout, this.maxRuns);
	}

	/**
	 * The same limits with another number of runs in one call. If the model wants more,
	 * it is told that there are none left.
	 * @param maxRuns the number, positive
	 * @return the limits
	 */
	public ToolLimits withMaxRuns(int maxRuns) {
		if (maxRuns <= 0) {
			throw new IllegalArgumentException("maxRuns: " + maxRuns + " (expected: > 0)");
		}
		return new ToolLimits(this.timeout, maxRuns);
	}

	/** Bound of each run, {@code null} for the call's deadline alone. */
	public @Nullable Duration timeout() {
		return this.timeout;
	}

	/** Most runs in one call. */
	public int maxRuns() {
		return this.maxRuns;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ToolLimits that && Objects.equals(this.timeout, that.timeout)
				&& this.maxRuns == that.maxRuns;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.timeout, this.maxRuns);
	}

	@Override
	public String toString() {
		return "ToolLimits[timeout=" + this.timeout + ", maxRuns=" + this.maxRuns + "]";
	}

}
