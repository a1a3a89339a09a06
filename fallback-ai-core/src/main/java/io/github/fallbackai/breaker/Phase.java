// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.failure.SkipReason;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;

/**
 * The state of a breaker as one value, so that reading it needs no lock.
 *
 * @param state Resilience4j's state
 * @param epoch grows with every change, so that an old outcome can be recognised
 * @param until open: the moment from which it may be probed; half-open: the moment from
 * which probes that never reported are given up; otherwise the moment of the change;
 * nanoseconds
 * @param places half-open: number of probes that may still start
 */
record Phase(State state, long epoch, long until, int places) {

	private static final Availability FORCED_OPEN = new Availability(SkipReason.BREAKER_OPEN, null, null);

	private static final Availability PROBED = new Availability(SkipReason.PROBE_IN_PROGRESS, null, null);

	Phase next(State state, long until, int places) {
		return new Phase(state, this.epoch + 1, until, places);
	}

	Phase withPlaces(int places, long until) {
		return new Phase(this.state, this.epoch, until, places);
	}

	boolean is(State state) {
		return this.state == state;
	}

	/** Whether only a probe can tell if the endpoint works. */
	boolean troubled() {
		return this.state == State.OPEN || this.state == State.HALF_OPEN;
	}

	boolean reached(long now) {
		return this.until - now <= 0;
	}

	Availability availability(long now) {
		return switch (this.state) {
			case CLOSED, DISABLED, METRICS_ONLY -> Availability.AVAILABLE;
			case FORCED_OPEN -> FORCED_OPEN;
			case OPEN -> reached(now) ? Availability.AVAILABLE
					: new Availability(SkipReason.BREAKER_OPEN, null, Duration.ofNanos(this.until - now));
			case HALF_OPEN -> (this.places > 0 || reached(now)) ? Availability.AVAILABLE : PROBED;
		};
	}

}
