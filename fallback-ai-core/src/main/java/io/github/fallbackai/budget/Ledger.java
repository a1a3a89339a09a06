package io.github.fallbackai.budget;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.state.SpendPeriod;
import io.github.fallbackai.state.SpendReport;
import io.github.fallbackai.status.Spending;
import org.jspecify.annotations.Nullable;

/**
 * The budget of an endpoint with a limit. An attempt reserves what it is expected to cost
 * when it starts, so that attempts at the same time do not spend the same money, and
 * counts what it did cost when it ends, in the period in which it ends. Amounts are
 * billionths.
 */
final class Ledger implements EndpointBudget {

	/** Clocks of instances differ. */
	private static final Duration GRACE = Duration.ofMinutes(1);

	/** Digits between the price of a million tokens and that of one. */
	private static final int MILLION = 6;

	private final SpendLimit limit;

	private final long most;

	private final long inputPrice;

	private final long outputPrice;

	private final Clock clock;

	private SpendPeriod period;

	/** End of the period by the clock. */
	private long endsAt;

	/** Spent by this instance in this period. */
	private long here;

	/** How much of that the store knows. */
	private long reported;

	/** Spent by others in this period, as far as the store told. */
	private long elsewhere;

	/** What attempts under way may still spend, in whichever period they began. */
	private long reserved;

	Ledger(Price price, SpendLimit limit, Clock clock) {
		this.limit = limit;
		this.most = Billionths.of(limit.amount());
		this.inputPrice = Billionths.of(price.input().movePointLeft(MILLION));
		this.outputPrice = Billionths.of(price.output().movePointLeft(MILLION));
		this.clock = clock;
		this.period = begin(clock.millis());
	}

	@Override
	public synchronized @Nullable Duration exhaustedFor(long inputTokens, long outputTokens) {
		return exhaustedFor(cost(inputTokens, outputTokens));
	}

	/** The price of a token is rounded up: what is expected may be too much by that. */
	private long cost(long inputTokens, long outputTokens) {
		return Billionths.sum(Billionths.product(this.inputPrice, inputTokens),
				Billionths.product(this.outputPrice, outputTokens));
	}

	private @Nullable Duration exhaustedFor(long cost) {
		long now = this.clock.millis();
		turnPage(now);
		// Nothing left is nothing left, also for what is free.
		long wanted = Billionths.sum(Billionths.sum(spent(), this.reserved), Math.max(cost, 1));
		return (wanted <= this.most) ? null : this.period.remaining(now);
	}

	@Override
	public synchronized @Nullable Reservation tryReserve(long inputTokens, long outputTokens) {
		long amount = cost(inputTokens, outputTokens);
		if (exhaustedFor(amount) != null) {
			return null;
		}
		this.reserved += amount;
		AtomicBoolean settled = new AtomicBoolean();
		return (actual) -> {
			if (settled.compareAndSet(false, true)) {
				settle(amount, Billionths.of(actual));
			}
		};
	}

	private synchronized void settle(long amount, long actual) {
		turnPage(this.clock.millis());
		this.reserved -= amount;
		this.here = Billionths.sum(this.here, actual);
	}

	@Override
	public synchronized Spending spending() {
		long now = this.clock.millis();
		turnPage(now);
		return new Spending(Billionths.amount(spent()), Billionths.amount(this.reserved), this.limit,
				this.period.remaining(now));
	}

	/** Whether the store does not know yet what this instance has spent. */
	synchronized boolean unreported() {
		turnPage(this.clock.millis());
		return this.here > this.reported;
	}

	synchronized SpendReport report(EndpointId endpoint, String contributor) {
		long now = this.clock.millis();
		turnPage(now);
		return new SpendReport(endpoint, this.period, contributor, this.here, this.period.remaining(now).plus(GRACE));
	}

	/** The store answered a report. What others spent never becomes less in a period. */
	synchronized void answered(SpendReport report, long total) {
		if (report.period().equals(this.period)) {
			this.reported = Math.max(this.reported, report.amount());
			this.elsewhere = Math.max(this.elsewhere, total - report.amount());
		}
	}

	private long spent() {
		return Billionths.sum(this.here, this.elsewhere);
	}

	private SpendPeriod begin(long now) {
		SpendPeriod present = SpendPeriod.at(this.limit.period(), now);
		this.endsAt = now + present.remaining(now).toMillis();
		return present;
	}

	/** A clock that is set back does not bring an earlier period back. */
	private void turnPage(long now) {
		if (now >= this.endsAt) {
			this.period = begin(now);
			this.here = 0;
			this.reported = 0;
			this.elsewhere = 0;
		}
	}

}
