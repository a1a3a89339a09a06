// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.policy.CoolDownSettings;

/**
 * Lengths of cool-downs with a random part, so that instances do not all return at the
 * same time. Without state, except for its source of random numbers.
 */
final class CoolDownLengths {

	private static final double JITTER = 0.1;

	private static final double MOST_JITTER_NANOS = 1e9;

	private final CoolDownSettings settings;

	private final DoubleSupplier random;

	/**
	 * Lengths according to the settings.
	 * @param settings the settings
	 * @param random numbers from 0 inclusive to 1 exclusive
	 */
	CoolDownLengths(CoolDownSettings settings, DoubleSupplier random) {
		this.settings = settings;
		this.random = random;
	}

	/**
	 * The length after a failure, jitter included.
	 * @param failure what went wrong
	 * @param rateLimits number of consecutive rate limits, the given one included
	 * @return nanoseconds, 0 if there is nothing to cool down from
	 */
	long after(Failure failure, int rateLimits) {
		return jittered(Nanos.of(this.settings.after(failure, rateLimits)));
	}

	/**
	 * The length of a cool-down that a provider asks for.
	 * @param asked what it asked for
	 * @return nanoseconds, clamped and jittered
	 */
	long asked(Duration asked) {
		return jittered(Nanos.of(this.settings.asked(asked)));
	}

	private long jittered(long nanos) {
		return nanos + (long) (this.random.getAsDouble() * Math.min(nanos * JITTER, MOST_JITTER_NANOS));
	}

}
