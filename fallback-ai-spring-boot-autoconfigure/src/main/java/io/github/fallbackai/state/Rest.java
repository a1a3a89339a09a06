package io.github.fallbackai.state;

import java.time.Duration;

import io.github.fallbackai.failure.FailureKind;

/**
 * A cool-down that is under way.
 *
 * @param cause what the endpoint, or its account, rests from
 * @param remaining how long it rests from now on
 */
public record Rest(FailureKind cause, Duration remaining) {

	public Rest {
		if (remaining.isNegative()) {
			throw new IllegalArgumentException("remaining: " + remaining + " (expected: >= 0)");
		}
	}

}
