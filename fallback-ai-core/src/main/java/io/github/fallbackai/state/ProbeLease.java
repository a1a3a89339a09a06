// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;

/**
 * The answer to an instance that asks for the right to probe an endpoint.
 *
 * @param held whether the instance may probe
 * @param remaining if held, for how long from now on no other instance may probe; if not,
 * when the instance should ask again, zero if there is nothing to probe
 * @param contested whether another instance asked lately and did not get the right
 */
public record ProbeLease(boolean held, Duration remaining, boolean contested) {

	public ProbeLease {
		if (remaining.isNegative()) {
			throw new IllegalArgumentException("remaining: " + remaining + " (expected: >= 0)");
		}
	}

}
