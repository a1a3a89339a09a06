package io.github.fallbackai.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * When a second endpoint is asked although the first has not failed.
 *
 * @param delay how long nothing visible may have come; {@code null} for the 95th
 * percentile of the endpoint's recent times to first content
 * @param maxRatio share of calls that may cause an extra request, more than 0 and at most
 * 1
 */
public record HedgeSettings(@Nullable Duration delay, double maxRatio) {

	/** One call in ten may cause an extra request. */
	public static final double DEFAULT_MAX_RATIO = 0.1;

	public HedgeSettings {
		if (delay != null && (delay.isZero() || delay.isNegative())) {
			throw new IllegalArgumentException("hedge.delay: " + delay + " (expected: > 0)");
		}
		if (!(maxRatio > 0 && maxRatio <= 1)) {
			throw new IllegalArgumentException("hedge.max-ratio: " + maxRatio + " (expected: > 0 and <= 1)");
		}
	}

}
