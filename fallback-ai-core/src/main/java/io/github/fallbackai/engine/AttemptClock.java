package io.github.fallbackai.engine;

/**
 * The running limits of one attempt. Stands still while the consumer wants nothing, so
 * that a slow reader never looks like a slow endpoint. Times are nanoseconds of a
 * monotonic clock. Safe for use by several threads.
 */
final class AttemptClock {

	/**
	 * How long bytes after the end of the answer, such as a usage report, are waited for.
	 */
	private static final long TAIL_NANOS = 2_000_000_000L;

	private static final long NOT_PAUSED = Long.MIN_VALUE;

	private final AttemptBudget budget;

	private final long startedAt;

	private long start;

	private long lastProgress;

	private long firstContentAfter = -1;

	private Limit idle;

	private long pausedAt = NOT_PAUSED;

	private boolean answered;

	AttemptClock(AttemptBudget budget, long now) {
		this.budget = budget;
		this.startedAt = now;
		this.start = now;
		this.lastProgress = now;
		this.idle = budget.idle();
	}

	/** The model generated something; tells whether other limits hold from now on. */
	synchronized boolean progress(long now) {
		boolean first = this.firstContentAfter < 0;
		boolean withdrawn = this.answered;
		this.answered = false;
		if (first) {
			this.firstContentAfter = now - this.startedAt;
			this.idle = this.idle.shortenedTo(this.budget.withoutProgress() - (now - this.start));
		}
		this.lastProgress = now;
		return first || withdrawn;
	}

	/** The answer is complete; only a tail may follow, or progress that takes it back. */
	synchronized void answered(long now) {
		this.answered = true;
		this.lastProgress = now;
	}

	synchronized void pause(long now) {
		if (this.pausedAt == NOT_PAUSED) {
			this.pausedAt = now;
		}
	}

	synchronized void resume(long now) {
		if (this.pausedAt != NOT_PAUSED) {
			long paused = now - this.pausedAt;
			this.start += paused;
			this.lastProgress += paused;
			this.pausedAt = NOT_PAUSED;
		}
	}

	/**
	 * Time until {@link #verdict} may change from {@link Verdict#RUNNING} if nothing else
	 * happens.
	 */
	synchronized long nanosLeft(long now) {
		if (this.pausedAt != NOT_PAUSED) {
			return Long.MAX_VALUE;
		}
		return Math.min(left(this.start, this.budget.total(), now), phaseLeft(now));
	}

	/** What the limits say now. */
	synchronized Verdict verdict(long now) {
		if (nanosLeft(now) > 0) {
			return Verdict.RUNNING;
		}
		if (this.answered) {
			return Verdict.ANSWERED;
		}
		Limit passed = (left(this.start, this.budget.total(), now) <= 0) ? this.budget.total() : phaseLimit();
		return passed.endpointAtFault() ? Verdict.ENDPOINT_TOO_SLOW : Verdict.CUT_SHORT;
	}

	synchronized long lastProgress() {
		return this.lastProgress;
	}

	/** Nanoseconds from the start to the first content, negative before it. */
	synchronized long firstContentAfter() {
		return this.firstContentAfter;
	}

	long startedAt() {
		return this.startedAt;
	}

	private long phaseLeft(long now) {
		if (this.answered) {
			return this.lastProgress + TAIL_NANOS - now;
		}
		return left((this.firstContentAfter < 0) ? this.start : this.lastProgress, phaseLimit(), now);
	}

	private Limit phaseLimit() {
		return (this.firstContentAfter < 0) ? this.budget.firstContent() : this.idle;
	}

	private static long left(long since, Limit limit, long now) {
		return limit.nanos() - (now - since);
	}

	/**
	 * What the limits say about an attempt.
	 */
	enum Verdict {

		/** No limit passed. */
		RUNNING,

		/** The answer is complete; its tail is not worth waiting for. */
		ANSWERED,

		/** A limit of the endpoint itself passed. */
		ENDPOINT_TOO_SLOW,

		/** A limit passed that was shortened for this call. */
		CUT_SHORT

	}

}
