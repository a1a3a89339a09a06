// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.policy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.github.fallbackai.endpoint.Bounds;
import io.github.fallbackai.endpoint.InvalidValueException;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.failure.CoolDownScope;
import io.github.fallbackai.failure.FailureKind;

/**
 * Whether an endpoint is asked again after a failure before any content.
 *
 * @param maxAttempts most attempts in a row at the endpoint, the first included; 1 is no
 * retry
 * @param backoff wait before the first retry; every further one doubles it, and all are
 * jittered
 * @param kinds the failures after which a retry makes sense
 */
public record RetrySettings(int maxAttempts, Duration backoff, Set<FailureKind> kinds) {

	private static final int MAX_DOUBLINGS = 10;

	/** No retry. */
	public static final RetrySettings DEFAULTS = new RetrySettings(1, Duration.ofMillis(200), EnumSet
		.of(FailureKind.OVERLOADED, FailureKind.SERVER_ERROR, FailureKind.CONNECTION_LOST, FailureKind.CONNECT_FAILED));

	public RetrySettings {
		kinds = Set.copyOf(kinds);
		Bounds.positive("retry.max-attempts", maxAttempts);
		Bounds.notNegative("retry.backoff", backoff);
		kinds.forEach(RetrySettings::requireNoCoolDown);
	}

	/**
	 * While an endpoint cools down, no request is sent to it, so there would be no retry.
	 */
	private static void requireNoCoolDown(FailureKind kind) {
		if (kind.coolDownScope() != CoolDownScope.NONE) {
			throw new InvalidValueException("retry.kinds", kind.name().toLowerCase(Locale.ROOT).replace('_', '-')
					+ " makes the endpoint cool down: it is not asked again before that is over");
		}
	}

	/**
	 * Wait before the next attempt at the endpoint after this many, jittered between half
	 * and all of the backoff.
	 */
	public Duration pauseBefore(int attemptsInARow) {
		long factor = 1L << Math.min(attemptsInARow - 1, MAX_DOUBLINGS);
		long backoff = Math.min(Nanos.of(this.backoff), Long.MAX_VALUE / factor) * factor;
		return Duration.ofNanos(backoff / 2 + ThreadLocalRandom.current().nextLong(backoff / 2 + 1));
	}

}
