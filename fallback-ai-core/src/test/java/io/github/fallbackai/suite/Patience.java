// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.time.Duration;

import io.github.fallbackai.endpoint.AttemptLimits;

/**
 * How long tests wait that are about something else than time.
 */
public final class Patience {

	private static final Duration LONG = Duration.ofMinutes(2);

	/** Limits of an endpoint that even the first call of a slow machine's JVM meets. */
	public static final AttemptLimits LIMITS = new AttemptLimits(LONG, LONG, LONG, LONG, true);

	private Patience() {
	}

}
