package io.github.fallbackai.state;

import java.time.Duration;

/**
 * What a circuit breaker decided.
 *
 * @param open whether it is open; an open breaker without remaining time waits for a
 * probe
<<<<<<< HEAD
 * @param openings how many openings the present outage had, which tells others how old it
 * is; 0 without an outage
=======
 * @param openings how many times in a row it opened, which decides how long the next
 * opening lasts; 0 if it never opened
>>>>>>> 91e42a4 (Javadoc of budgets and stores in plain English)
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
