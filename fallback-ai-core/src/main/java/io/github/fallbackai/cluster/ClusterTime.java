// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * The clock and the timers of the cluster.
 *
 * @param clock monotonic nanoseconds
 * @param scheduler timers
 */
record ClusterTime(LongSupplier clock, Scheduler scheduler) {

	long now() {
		return this.clock.getAsLong();
	}

	/** Runs an action at a moment of the clock, or as soon as possible after it. */
	Disposable schedule(Runnable action, long at) {
		return this.scheduler.schedule(action, Math.max(0, at - now()), TimeUnit.NANOSECONDS);
	}

}
