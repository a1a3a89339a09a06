package io.github.fallbackai.breaker;

import java.util.function.LongSupplier;

import io.github.fallbackai.cluster.Cluster;
import io.github.fallbackai.event.CallListener;

/**
 * What all gates share.
 *
 * @param clock monotonic nanoseconds
 * @param listener is told of openings, closings and cool-downs; does not throw
 * @param cluster the instances to agree with
 */
record GateContext(LongSupplier clock, CallListener listener, Cluster cluster) {

	long now() {
		return this.clock.getAsLong();
	}

}
