// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;

/**
 * The date and time of a scheduler, which are those of the system unless a test brings
 * its own.
 */
public final class SchedulerClock extends Clock {

	private final Scheduler scheduler;

	private final ZoneId zone;

	/**
	 * Creates a clock in UTC.
	 * @param scheduler what the clock reads
	 */
	public SchedulerClock(Scheduler scheduler) {
		this(scheduler, ZoneOffset.UTC);
	}

	private SchedulerClock(Scheduler scheduler, ZoneId zone) {
		this.scheduler = scheduler;
		this.zone = zone;
	}

	@Override
	public ZoneId getZone() {
		return this.zone;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return new SchedulerClock(this.scheduler, zone);
	}

	@Override
	public Instant instant() {
		return Instant.ofEpochMilli(this.scheduler.now(TimeUnit.MILLISECONDS));
	}

}
