// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.chat.Load;
import io.github.fallbackai.failure.Failure;

/**
 * A permit of a gate, around a permit of its breaker. Its single atomic cell says how far
 * the attempt is.
 */
final class GatePermit implements Permit {

	/**
	 * No content yet, not closed. Any value that is not negative is the time to first
	 * content in nanoseconds.
	 */
	private static final long WAITING = -1;

	private static final long CLOSED = -2;

	private final Outcomes outcomes;

	private final BreakerPermit breakerPermit;

	private final Load load;

	private final long startedAt;

	private final AtomicLong progress = new AtomicLong(WAITING);

	GatePermit(Outcomes outcomes, BreakerPermit breakerPermit, Load load, long startedAt) {
		this.outcomes = outcomes;
		this.breakerPermit = breakerPermit;
		this.load = load;
		this.startedAt = startedAt;
	}

	@Override
	public boolean probe() {
		return this.breakerPermit.probe();
	}

	@Override
	public void firstContent(Duration timeToFirstContent) {
		long nanos = Math.max(0, timeToFirstContent.toNanos());
		if (this.progress.compareAndSet(WAITING, nanos)) {
			this.outcomes.firstContent(this.breakerPermit, nanos);
		}
	}

	@Override
	public void exhausted(Duration renewedIn) {
		this.outcomes.exhausted(renewedIn);
	}

	@Override
	public void succeeded() {
		long last = this.progress.getAndSet(CLOSED);
		if (last != CLOSED) {
			leaving(() -> this.outcomes.succeeded(this.breakerPermit, this.startedAt, duration(last)));
		}
	}

	@Override
	public void failed(Failure failure) {
		long last = this.progress.getAndSet(CLOSED);
		if (last != CLOSED) {
			leaving(() -> this.outcomes.failed(this.breakerPermit, this.startedAt, duration(last), failure));
		}
	}

	@Override
	public void released() {
		if (this.progress.getAndSet(CLOSED) != CLOSED) {
			leaving(() -> this.outcomes.released(this.breakerPermit));
		}
	}

	/** Gives the place back, even if the outcome could not be told to all. */
	private void leaving(Runnable outcome) {
		try {
			outcome.run();
		}
		finally {
			this.outcomes.left(this.load);
		}
	}

	/** Time to first content, or the time that passed without any. */
	private long duration(long last) {
		return (last == WAITING) ? this.outcomes.elapsedSince(this.startedAt) : last;
	}

	/**
	 * Records how attempts go.
	 */
	interface Outcomes {

		void firstContent(BreakerPermit permit, long nanos);

		void exhausted(Duration renewedIn);

		void succeeded(BreakerPermit permit, long startedAt, long nanos);

		void failed(BreakerPermit permit, long startedAt, long nanos, Failure failure);

		void released(BreakerPermit permit);

		/** The attempt is over, and its place free. */
		void left(Load load);

		long elapsedSince(long startedAt);

	}

}
