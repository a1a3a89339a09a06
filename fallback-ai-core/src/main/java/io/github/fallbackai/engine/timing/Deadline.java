// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.timing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.endpoint.Nanos;
import reactor.core.scheduler.Scheduler;

/**
 * The rest of a call's time. If the caller waits for the whole answer, the time simply
 * runs. In a stream it stands still while content flows. The time for which the consumer
 * wants nothing does not count. Safe for use by several threads.
 */
public final class Deadline {

	/** In less than this time, no endpoint can answer. */
	private static final long USEFUL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long RUNNING = Long.MIN_VALUE;

	private final Duration limit;

	private final boolean standsStillDuringProgress;

	private final Scheduler clock;

	/** In time without pauses, like all times here. */
	private long end;

	private long stoppedWith = RUNNING;

	private long lastProgress;

	private int pauses;

	private long pausedAt;

	private long pausedFor;

	/**
	 * Creates a deadline that begins now.
	 * @param limit how long it takes
	 * @param standsStillDuringProgress whether the time stands still while content flows
	 * @param clock the clock
	 */
	public Deadline(Duration limit, boolean standsStillDuringProgress, Scheduler clock) {
		this.limit = limit;
		this.standsStillDuringProgress = standsStillDuringProgress;
		this.clock = clock;
		this.end = now() + Nanos.of(limit);
	}

	/**
	 * A deadline for the next of several calls. It begins now, with what is left of this
	 * one.
	 */
	public Deadline continued() {
		progressEnded();
		Deadline next = new Deadline(this.limit, this.standsStillDuringProgress, this.clock);
		next.end += remainingNanos() - Nanos.of(this.limit);
		return next;
	}

	public Duration limit() {
		return this.limit;
	}

	public synchronized long remainingNanos() {
		return (this.stoppedWith != RUNNING) ? this.stoppedWith : this.end - now();
	}

	/** What is left of it if an endpoint is to answer after a wait. */
	public long nanosToWait() {
		return remainingNanos() - USEFUL_NANOS;
	}

	/** Whether too little is left for an answer. */
	public boolean over() {
		return nanosToWait() <= 0;
	}

	/**
	 * Time does not count from now on. Pauses may overlap; each needs a
	 * {@link #resume()}.
	 */
	public synchronized void pause() {
		if (this.pauses++ == 0) {
			this.pausedAt = clockTime();
		}
	}

	/** A pause is over. */
	public synchronized void resume() {
		if (--this.pauses == 0) {
			this.pausedFor += clockTime() - this.pausedAt;
		}
	}

	/** Content reaches the caller. */
	public synchronized void progress() {
		if (this.standsStillDuringProgress) {
			this.lastProgress = now();
			if (this.stoppedWith == RUNNING) {
				this.stoppedWith = this.end - this.lastProgress;
			}
		}
	}

	/** Content stopped flowing: the time since its last piece counts. */
	public synchronized void progressEnded() {
		if (this.stoppedWith != RUNNING) {
			this.end = this.lastProgress + this.stoppedWith;
			this.stoppedWith = RUNNING;
		}
	}

	private long now() {
		return ((this.pauses > 0) ? this.pausedAt : clockTime()) - this.pausedFor;
	}

	private long clockTime() {
		return this.clock.now(TimeUnit.NANOSECONDS);
	}

}
