package io.github.fallbackai.state;

import java.time.Duration;

/**
 * The answer to who may probe an endpoint.
 *
 * @param held whether the one who asked may
 * @param remaining for how long nobody else may from now on; if not held, when it is
 * worth asking again, zero if there is nothing to probe
 * @param contested whether another instance asked in vain lately
 */
public record ProbeLease(boolean held, Duration remaining, boolean contested) {

	public ProbeLease {
		if (remaining.isNegative()) {
			throw new IllegalArgumentException("remaining: " + remaining + " (expected: >= 0)");
		}
	}

}
