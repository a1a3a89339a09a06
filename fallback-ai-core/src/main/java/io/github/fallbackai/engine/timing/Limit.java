// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.timing;

import java.time.Duration;

import io.github.fallbackai.endpoint.Nanos;

/**
 * A limit of time, and whether the endpoint is at fault when it passes.
 *
 * @param nanos the bound in nanoseconds
 * @param endpointAtFault whether it is the endpoint's own limit; a limit that was
 * shortened for this call says nothing about the endpoint
 */
public record Limit(long nanos, boolean endpointAtFault) {

	public static final Limit NONE = new Limit(Long.MAX_VALUE, false);

	public static Limit of(Duration duration) {
		return new Limit(Nanos.of(duration), true);
	}

	/** The sooner one of this limit and another, which is not the endpoint's own. */
	public Limit shortenedTo(long otherNanos) {
		return (otherNanos < this.nanos) ? new Limit(Math.max(otherNanos, 0), false) : this;
	}

}
