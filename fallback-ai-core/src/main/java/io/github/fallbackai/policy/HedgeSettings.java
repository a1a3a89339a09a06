// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.policy;

import java.time.Duration;

import io.github.fallbackai.endpoint.Bounds;
import org.jspecify.annotations.Nullable;

/**
 * When a second endpoint is asked although the first has not failed.
 *
 * @param delay how long the call waits for visible content; {@code null} for the 95th
 * percentile of the endpoint's recent times to first content
 * @param maxRatio share of calls that may cause an extra request, more than 0 and at most
 * 1
 */
public record HedgeSettings(@Nullable Duration delay, double maxRatio) {

	/** One call in ten may cause an extra request. */
	public static final double DEFAULT_MAX_RATIO = 0.1;

	public HedgeSettings {
		if (delay != null) {
			Bounds.positive("hedge.delay", delay);
		}
		Bounds.require(maxRatio > 0 && maxRatio <= 1, "hedge.max-ratio", maxRatio, "> 0 and <= 1");
	}

}
