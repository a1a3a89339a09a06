// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;

/**
 * What a circuit breaker decided.
 *
 * @param open whether it is open; an open breaker without remaining time waits for a
 * probe
 * @param openings number of openings in the present outage, which tells other instances
 * how old the outage is; 0 without an outage
 * @param remaining how long it stays open from now on, zero if it is closed
 */
public record BreakerVerdict(boolean open, int openings, Duration remaining) {

	/** The verdict of a breaker that never opened. */
	public static final BreakerVerdict CLOSED = new BreakerVerdict(false, 0, Duration.ZERO);

	public BreakerVerdict {
		if (openings < 0) {
			throw new IllegalArgumentException("openings: " + openings + " (expected: >= 0)");
		}
		if (remaining.isNegative()) {
			throw new IllegalArgumentException("remaining: " + remaining + " (expected: >= 0)");
		}
	}

}
