// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.util.function.LongSupplier;

import io.github.fallbackai.cluster.Cluster;
import io.github.fallbackai.event.CallListener;
import reactor.core.scheduler.Scheduler;

/**
 * What all gates share.
 *
 * @param clock monotonic nanoseconds
 * @param scheduler what waits for moments to come
 * @param listener is told of openings, closings and cool-downs; does not throw
 * @param cluster the instances to agree with
 */
record GateContext(LongSupplier clock, Scheduler scheduler, CallListener listener, Cluster cluster) {

	long now() {
		return this.clock.getAsLong();
	}

}
