// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;

import io.github.fallbackai.failure.FailureKind;

/**
 * A cool-down that is under way.
 *
 * @param cause what the endpoint, or its account, cools down from
 * @param remaining how long it cools down from now on
 */
public record CoolDown(FailureKind cause, Duration remaining) {

	public CoolDown {
		if (remaining.isNegative()) {
			throw new IllegalArgumentException("remaining: " + remaining + " (expected: >= 0)");
		}
	}

}
