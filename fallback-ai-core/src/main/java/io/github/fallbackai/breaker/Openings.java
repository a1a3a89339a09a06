package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Nanos;
import io.github.resilience4j.core.IntervalFunction;

/**
 * Counts how many times in a row a breaker opened, and so how long the next opening
 * lasts. An opening follows in a row until the breaker, once closed, has seen half a
 * window of successes or stayed closed for longer than the longest opening. Writing needs
 * the breaker's lock.
 */
final class Openings {

	/**
	 * Beyond any doubling that matters, and a bound for Resilience4j's interval
	 * functions, which iterate.
	 */
	private static final int MOST = 32;

	private final IntervalFunction lengths;

	private final int sustained;

	private final long forgottenAfter;

	private volatile int inRow;

	private boolean closed = true;

	private long closedAt;

	private int successes;

	/**
	 * Counts from zero.
	 * @param settings when openings are forgotten
	 * @param lengths milliseconds by number of openings in a row
	 * @param now the present
	 */
	Openings(BreakerSettings settings, IntervalFunction lengths, long now) {
		this.lengths = lengths;
		this.sustained = Math.max(1, settings.window() / 2);
		this.forgottenAfter = Nanos.of(settings.maxRecoveryTimeout());
		this.closedAt = now;
	}

	int inRow() {
		return this.inRow;
	}

	/** The breaker opened, for as long as the answer says. */
	Duration opened(long now) {
		if (this.closed && now - this.closedAt > this.forgottenAfter) {
			this.inRow = 0;
		}
		this.closed = false;
		this.inRow = Math.min(this.inRow + 1, MOST);
		return Duration.ofMillis(this.lengths.apply(this.inRow));
	}

	/** The breaker opened elsewhere. */
	void followed(int inRowElsewhere) {
		this.closed = false;
		this.inRow = Math.min(Math.max(this.inRow, inRowElsewhere), MOST);
	}

	void closed(long now) {
		this.closed = true;
		this.closedAt = now;
		this.successes = 0;
	}

	/** A call succeeded while the breaker was closed. */
	void succeeded() {
		if (this.inRow > 0 && ++this.successes >= this.sustained) {
			this.inRow = 0;
		}
	}

	void forget() {
		this.inRow = 0;
	}

}
