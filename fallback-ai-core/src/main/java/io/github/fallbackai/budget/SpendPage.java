package io.github.fallbackai.budget;

import io.github.fallbackai.state.SpendPeriod;

/**
 * What was spent in one period, in billionths. Belongs to a ledger's lock.
 */
final class SpendPage {

	private final SpendPeriod period;

	private final long begin;

	private final long end;

	private long here;

	/** How much of it an earlier page has too, because the clock was set back. */
	private long carried;

	/** How much of it the store knows. */
	private long reported;

	/** Spent by others, as far as the store told. */
	private long elsewhere;

	SpendPage(SpendPeriod period, long now) {
		this.period = period;
		this.end = now + period.remaining(now).toMillis();
		this.begin = this.end - period.length().toMillis();
	}

	SpendPeriod period() {
		return this.period;
	}

	boolean covers(long now) {
		return this.begin <= now && now < this.end;
	}

	boolean laterThan(SpendPage other) {
		return this.period.number() > other.period.number();
	}

	void add(long amount) {
		this.here = Billionths.sum(this.here, amount);
	}

	/** Takes over what was spent on a later page since this was done last. */
	void carry(SpendPage later) {
		add(later.here - later.carried);
		later.carried = later.here;
	}

	/** The store answered a report. What others spent never becomes less in a period. */
	void answered(long report, long total) {
		this.reported = Math.max(this.reported, report);
		this.elsewhere = Math.max(this.elsewhere, total - report);
	}

	/** Spent by this instance. */
	long here() {
		return this.here;
	}

	boolean unreported() {
		return this.here > this.reported;
	}

	/** Spent by all. */
	long spent() {
		return Billionths.sum(this.here, this.elsewhere);
	}

}
