// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.resilience4j.core.IntervalFunction;

/**
 * An endpoint's outage, from its first opening to its closing: how many openings it had,
 * and how long the next one lasts. After the closing the endpoint warms up until half a
 * window of calls succeeded. Writing needs the breaker's lock.
 */
final class Outage {

	/**
	 * No length grows after so many openings. It also bounds Resilience4j's interval
	 * functions, which iterate.
	 */
	private static final int MOST = 32;

	private final IntervalFunction lengths;

	private final int sustained;

	private volatile int openings;

	private volatile boolean warmingUp;

	private volatile long since;

	private int successes;

	/**
	 * No outage yet.
	 * @param lengths milliseconds by number of openings, or a {@link ProbeSpacing}
	 * @param window number of calls in the breaker's window
	 */
	Outage(IntervalFunction lengths, int window) {
		this.lengths = lengths;
		this.sustained = Math.max(1, window / 2);
	}

	/** How many openings the present outage had so far, 0 if there is none. */
	int openings() {
		return this.openings;
	}

	/** Whether the endpoint has not proved itself since its latest outage. */
	boolean warmingUp() {
		return this.warmingUp;
	}

	/** The breaker opened, for as long as the answer says. */
	Duration opened(long now) {
		if (this.openings == 0) {
			this.since = now;
		}
		this.openings = Math.min(this.openings + 1, MOST);
		return length(now);
	}

	/** How long the next opening would last, were it now. */
	Duration nextLength(long now) {
		int next = Math.min(this.openings + 1, MOST);
		return (this.lengths instanceof ProbeSpacing spacing) ? spacing.after((next > 1) ? now - this.since : 0)
				: Duration.ofMillis(this.lengths.apply(next));
	}

	private Duration length(long now) {
		return (this.lengths instanceof ProbeSpacing spacing) ? spacing.after(now - this.since)
				: Duration.ofMillis(this.lengths.apply(this.openings));
	}

	/**
	 * The breaker opened at another instance, where the outage had the given number of
	 * openings. The outage is at least as old as they say.
	 */
	void followed(int openingsElsewhere, long now) {
		int most = Math.min(openingsElsewhere, MOST);
		long began = now - ((this.lengths instanceof ProbeSpacing spacing) ? spacing.ageAt(most) : 0);
		if (this.openings == 0 || this.since - began > 0) {
			this.since = began;
		}
		this.openings = Math.max(this.openings, most);
	}

	/** The breaker closed: the outage is over. */
	void closed() {
		this.warmingUp = this.openings > 0;
		this.openings = 0;
		this.successes = 0;
	}

	/** A call succeeded while the breaker was closed. */
	void succeeded() {
		if (this.warmingUp && ++this.successes >= this.sustained) {
			this.warmingUp = false;
		}
	}

	void forget() {
		this.openings = 0;
		this.warmingUp = false;
	}

}
