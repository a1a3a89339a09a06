package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.endpoint.Nanos;
import reactor.core.scheduler.Scheduler;

/**
 * The rest of a call's time. If the caller waits for the whole answer, the time simply
 * runs. In a stream it stands still while content flows. Used by one signal at a time.
 */
final class Deadline {

	private static final long RUNNING = Long.MIN_VALUE;

	private final Duration limit;

	private final boolean standsStillDuringProgress;

	private final Scheduler clock;

	private long end;

	private long stoppedWith = RUNNING;

	Deadline(Duration limit, boolean standsStillDuringProgress, Scheduler clock) {
		this.limit = limit;
		this.standsStillDuringProgress = standsStillDuringProgress;
		this.clock = clock;
		this.end = now() + Nanos.of(limit);
	}

	Duration limit() {
		return this.limit;
	}

	long remainingNanos() {
		return (this.stoppedWith != RUNNING) ? this.stoppedWith : this.end - now();
	}

	boolean expired() {
		return remainingNanos() <= 0;
	}

	/** Time that does not count passed. */
	void extend(long nanos) {
		this.end += nanos;
	}

	/** Content flows from now on. */
	void progressBegins() {
		if (this.standsStillDuringProgress && this.stoppedWith == RUNNING) {
			this.stoppedWith = this.end - now();
		}
	}

	/** Content stopped flowing: the time since then counts. */
	void progressEndedAt(long nanoTime) {
		if (this.stoppedWith != RUNNING) {
			this.end = nanoTime + this.stoppedWith;
			this.stoppedWith = RUNNING;
		}
	}

	private long now() {
		return this.clock.now(TimeUnit.NANOSECONDS);
	}

}
