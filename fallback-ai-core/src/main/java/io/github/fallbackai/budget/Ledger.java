// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.status.Spending;
import org.jspecify.annotations.Nullable;

/**
 * The budget of an endpoint with a limit. When an attempt starts, it reserves its
 * expected cost, so that attempts at the same time do not spend the same money. When it
 * ends, its real cost counts, in the period in which it ends. Amounts are billionths.
 */
final class Ledger extends SharedPages implements EndpointBudget {

	/**
	 * Decimal places between the price of a million tokens and the price of one token.
	 */
	private static final int MILLION = 6;

	private final SpendLimit limit;

	private final long most;

	private final long inputPrice;

	private final long outputPrice;

	/** What attempts under way may still spend, also those of an earlier period. */
	private long reserved;

	Ledger(EndpointId endpoint, Price price, SpendLimit limit, Clock clock) {
		super(endpoint, limit.period(), clock);
		this.limit = limit;
		this.most = Billionths.of(limit.amount());
		this.inputPrice = Billionths.of(price.input().movePointLeft(MILLION));
		this.outputPrice = Billionths.of(price.output().movePointLeft(MILLION));
	}

	@Override
	public synchronized @Nullable Duration exhaustedFor(long inputTokens, long outputTokens) {
		return exhaustedFor(cost(inputTokens, outputTokens));
	}

	/**
	 * The price of a token is rounded up, so the expected cost may be a little too high.
	 */
	private long cost(long inputTokens, long outputTokens) {
		return Billionths.sum(Billionths.product(this.inputPrice, inputTokens),
				Billionths.product(this.outputPrice, outputTokens));
	}

	private @Nullable Duration exhaustedFor(long cost) {
		long now = now();
		SpendPage page = pages().at(now);
		if (!exceeds(page, cost)) {
			return null;
		}
		Duration wait = page.period().remaining(now);
		// After a set-back the next page may be full already.
		for (SpendPage next = pages().after(page); next != null && exceeds(next, cost); next = pages().after(next)) {
			wait = wait.plus(this.limit.period());
		}
		return wait;
	}

	private boolean exceeds(SpendPage page, long cost) {
		// If nothing is left, no attempt may start, even if it costs nothing.
		return Billionths.sum(Billionths.sum(page.spent(), this.reserved), Math.max(cost, 1)) > this.most;
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
		this.reserved -= amount;
		present().add(actual);
	}

	@Override
	public synchronized Spending spending() {
		long now = now();
		SpendPage page = pages().at(now);
		return new Spending(Billionths.amount(page.spent()), Billionths.amount(this.reserved), this.limit,
				page.period().remaining(now));
	}

}
