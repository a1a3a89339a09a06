package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Until when one endpoint, or one account, cools down. Cool-downs merge by maximum: a
 * shorter one never ends a longer one early. Safe for use by several threads; reading
 * takes no lock. Times are nanoseconds of one monotonic clock.
 */
final class CoolDownTimer {

	/**
	 * A later end than the announced one is news if it is later by more than jitter can
	 * be.
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
	 * Cools down as a failure demands. A rate limit of a call that started before the
	 * latest cool-down began belongs to the same rush as the one that began it: it
	 * neither doubles the length nor draws out the cool-down.
	 * @return whether this is news: a cool-down began, or ends markedly later than was
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
	 * Cools down as long as a provider asks for, within bounds.
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
	 * A call succeeded; if it started after the latest cool-down began, the next rate
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
	 * Ends the cool-down unless it lasts markedly longer than the one that is meant.
	 * @param latest the end of the one that is meant
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

	/** Whether there is a cool-down that lasts as long, give or take jitter. */
	boolean lasts(long until, long now) {
		Period period = at(now);
		return period != null && until - period.until() <= NEWSWORTHY_NANOS;
	}

	/** Whom it concerns when somebody ends the cool-down by hand. */
	void concerns(Runnable action) {
		this.concerned.add(action);
	}

	/** Tells whom it concerns that the cool-down was ended by hand. */
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
	 * @param cause what it is from; the failure that asked for the latest end
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
