// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.timing;

import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;

/**
 * The running limits of one attempt. The clock stands still until the consumer asks for
 * something, and whenever it asks for nothing, so that a slow reader never looks like a
 * slow endpoint. Times are nanoseconds of the scheduler's clock, which is monotonic. Safe
 * for use by several threads.
 */
public final class AttemptClock {

	/**
	 * How long to wait for bytes after the end of the answer, such as a usage report.
	 */
	private static final long TAIL_NANOS = 2_000_000_000L;

	private static final long NOT_PAUSED = Long.MIN_VALUE;

	private final AttemptBudget budget;

	private final Scheduler scheduler;

	private final long startedAt;

	private long start;

	private long lastProgress;

	private long firstContentAfter = -1;

	private Limit firstContent;

	private Limit idle;

	/** The idle limit while the provider works without a word. */
	private Limit working = Limit.NONE;

	private boolean works;

	private long worksSince;

	private long pausedAt;

	private boolean answered;

	/**
	 * Creates a clock that is paused.
	 * @param budget the limits
	 * @param scheduler what the clock reads, and what sets timers
	 */
	public AttemptClock(AttemptBudget budget, Scheduler scheduler) {
		this.budget = budget;
		this.scheduler = scheduler;
		this.startedAt = now();
		this.start = this.startedAt;
		this.pausedAt = this.startedAt;
		this.lastProgress = this.startedAt;
		this.firstContent = budget.firstContent();
		this.idle = budget.idle();
	}

	/** The model generated something; tells whether other limits hold from now on. */
	synchronized boolean progress() {
		resume();
		long now = now();
		boolean first = this.firstContentAfter < 0;
		boolean withdrawn = this.answered;
		this.answered = false;
		if (first) {
			this.firstContentAfter = now - this.start;
			this.idle = this.idle.shortenedTo(this.budget.withoutProgress() - this.firstContentAfter);
			// As for an answer in one piece: the time of the endpoints that may follow is
			// kept.
			this.working = this.budget.inOnePiece()
				.shortenedTo(this.budget.inOnePiece().nanos() - this.firstContentAfter);
		}
		this.lastProgress = now;
		return first || withdrawn;
	}

	/**
	 * The provider works without a word, or not any more; tells whether other limits hold
	 * from now on.
	 */
	synchronized boolean works(boolean now) {
		boolean changed = this.works != now;
		this.works = now;
		if (changed) {
			this.worksSince = now();
		}
		return changed;
	}

	/** The answer comes in one piece, so its first content is the whole answer. */
	synchronized void inOnePiece() {
		this.firstContent = this.budget.inOnePiece();
	}

	/**
	 * The answer is complete. Only a tail may follow, or progress, after which it is not
	 * complete any more.
	 */
	synchronized void answered() {
		this.answered = true;
		this.lastProgress = now();
	}

	synchronized void pause() {
		if (this.pausedAt == NOT_PAUSED) {
			this.pausedAt = now();
		}
	}

	synchronized void resume() {
		if (this.pausedAt != NOT_PAUSED) {
			long paused = now() - this.pausedAt;
			this.start += paused;
			this.lastProgress += paused;
			this.worksSince += paused;
			this.pausedAt = NOT_PAUSED;
		}
	}

	/**
	 * Time until {@link #verdict} may change from {@link Verdict#RUNNING} if nothing else
	 * happens.
	 */
	synchronized long nanosLeft() {
		if (this.pausedAt != NOT_PAUSED) {
			return Long.MAX_VALUE;
		}
		return Math.min(Math.min(left(this.start, this.budget.total()), workLeft()), phaseLeft());
	}

	/** What the limits say now. */
	synchronized Verdict verdict() {
		if (nanosLeft() > 0) {
			return Verdict.RUNNING;
		}
		if (this.answered) {
			return Verdict.ANSWERED;
		}
		return passed().endpointAtFault() ? Verdict.ENDPOINT_TOO_SLOW : Verdict.CUT_SHORT;
	}

	/**
	 * Nanoseconds from the start to the first content, without pauses; negative before
	 * it.
	 */
	public synchronized long firstContentAfter() {
		return this.firstContentAfter;
	}

	/** Nanoseconds since the start, pauses included. */
	public long elapsed() {
		return now() - this.startedAt;
	}

	/** What the clock reads, and what sets timers. */
	public Scheduler scheduler() {
		return this.scheduler;
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	private long phaseLeft() {
		if (this.answered) {
			return this.lastProgress + TAIL_NANOS - now();
		}
		return left((this.firstContentAfter < 0) ? this.start : this.lastProgress, phaseLimit());
	}

	/**
	 * Signs of life are no content, so they take no time from the endpoints that follow.
	 * But work that begins late gets as much time as silence would, or as all of the
	 * attempt if that is less.
	 */
	private long workLeft() {
		if (!this.works || this.answered) {
			return Long.MAX_VALUE;
		}
		Limit late = this.budget.idle().shortenedTo(this.budget.working().nanos());
		return Math.max(left(this.start, this.budget.working()), left(this.worksSince, late));
	}

	private Limit passed() {
		if (left(this.start, this.budget.total()) <= 0) {
			return this.budget.total();
		}
		return (workLeft() <= 0) ? this.budget.working() : phaseLimit();
	}

	private Limit phaseLimit() {
		if (this.firstContentAfter < 0) {
			return this.firstContent;
		}
		return (this.works && this.working.nanos() > this.idle.nanos()) ? this.working : this.idle;
	}

	private long left(long since, Limit limit) {
		return limit.nanos() - (now() - since);
	}

	/**
	 * What the limits say about an attempt.
	 */
	enum Verdict {

		/** No limit passed. */
		RUNNING,

		/** The answer is complete, and the wait for its tail is over. */
		ANSWERED,

		/** A limit of the endpoint itself passed. */
		ENDPOINT_TOO_SLOW,

		/** A limit passed that was shortened for this call. */
		CUT_SHORT

	}

}
