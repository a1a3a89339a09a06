// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Knows until when one endpoint, or one account, cools down. Cool-downs merge by maximum,
 * so a shorter one never ends a longer one early. Safe for use by several threads;
 * reading takes no lock. Times are nanoseconds of one monotonic clock.
 */
final class CoolDownTimer {

	/**
	 * An end that is later than the announced one by more than jitter is news.
	 */
	private static final long NEWSWORTHY_NANOS = Duration.ofSeconds(1).toNanos();

	private final CoolDownLengths lengths;

	private final List<Runnable> concerned = new CopyOnWriteArrayList<>();

	private volatile @Nullable Period latest;

	private volatile int rateLimits;

	CoolDownTimer(CoolDownLengths lengths) {
		this.lengths = lengths;
	}

	/**
	 * The cool-down under way.
	 * @return the period, or {@code null} if there is no cool-down now
	 */
	@Nullable Period at(long now) {
		Period period = this.latest;
		return (period != null && period.until() - now > 0) ? period : null;
	}

	/**
	 * Cools down as a failure requires. If the rate limit comes from a call that started
	 * before the latest cool-down began, it belongs to the same rush of calls. It then
	 * neither doubles the length nor makes the cool-down longer.
	 * @return whether this is news: a cool-down began, or its end is clearly later than
	 * announced
	 */
	synchronized boolean failed(Failure failure, long startedAt, long now) {
		boolean fresh = startedAfterLatest(startedAt);
		if (failure.kind() == FailureKind.RATE_LIMITED) {
			if (!fresh && failure.retryAfter() == null && at(now) != null) {
				return false;
			}
			if (fresh) {
				this.rateLimits = this.rateLimits + 1;
			}
		}
		long nanos = this.lengths.after(failure, Math.max(this.rateLimits, 1));
		return coolFor(failure.kind(), nanos, now);
	}

	/**
	 * Cools down as long as a provider asks, within bounds.
	 * @return whether this is news
	 */
	boolean asked(FailureKind cause, Duration length, long now) {
		return coolFor(cause, this.lengths.asked(length), now);
	}

	/**
	 * Cools down for a given time.
	 * @return whether this is news
	 */
	synchronized boolean coolFor(FailureKind cause, long nanos, long now) {
		Period current = at(now);
		long until = now + nanos;
		if (nanos <= 0 || (current != null && until - current.until() <= 0)) {
			return false;
		}
		boolean news = current == null || until - current.announced() > NEWSWORTHY_NANOS;
		this.latest = new Period(cause, (current != null) ? current.since() : now, until,
				(news || current == null) ? until : current.announced());
		return news;
	}

	/**
	 * A call succeeded. If it started after the latest cool-down began, the next rate
	 * limit counts as the first again.
	 */
	void succeeded(long startedAt) {
		if (this.rateLimits == 0) {
			return;
		}
		synchronized (this) {
			if (startedAfterLatest(startedAt)) {
				this.rateLimits = 0;
			}
		}
	}

	/** Ends the cool-down and forgets earlier ones. */
	synchronized void end() {
		this.latest = null;
		this.rateLimits = 0;
	}

	/**
	 * Ends the cool-down unless it lasts clearly longer than the given one.
	 * @param latest the end of the given cool-down
	 * @return whether there is no cool-down now
	 */
	synchronized boolean endBy(long latest) {
		Period period = this.latest;
		if (period != null && period.until() - latest > NEWSWORTHY_NANOS) {
			return false;
		}
		end();
		return true;
	}

	/** Whether there is a cool-down with about the same end, apart from jitter. */
	boolean lasts(long until, long now) {
		Period period = at(now);
		return period != null && until - period.until() <= NEWSWORTHY_NANOS;
	}

	/** Adds an action to run when an operator ends the cool-down. */
	void concerns(Runnable action) {
		this.concerned.add(action);
	}

	/** Runs the added actions, because an operator ended the cool-down. */
	void tellEnd() {
		this.concerned.forEach(Runnable::run);
	}

	private boolean startedAfterLatest(long startedAt) {
		Period period = this.latest;
		return period == null || startedAt - period.since() > 0;
	}

	/**
	 * A cool-down.
	 *
	 * @param cause its cause; the failure that asked for the latest end
	 * @param since when it began
	 * @param until when it ends
	 * @param announced the end that was told to listeners
	 */
	record Period(FailureKind cause, long since, long until, long announced) {

		Duration remaining(long now) {
			return Duration.ofNanos(this.until - now);
		}

	}

}
