// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import reactor.core.scheduler.Scheduler;

/**
 * The time of calls, breakers, cool-downs and budgets.
 *
 * @param scheduler the clock and the timers
 */
record CallTime(Scheduler scheduler) {

	/** A test may register a scheduler of its own under this name. */
	static final String SCHEDULER = "fallbackAiScheduler";

	LongSupplier nanoClock() {
		return () -> this.scheduler.now(TimeUnit.NANOSECONDS);
	}

}
