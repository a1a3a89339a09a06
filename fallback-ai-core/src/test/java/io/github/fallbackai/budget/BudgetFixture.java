// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.state.SpendStore;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Budgets by a clock that is set, and what passes time for all of them. */
final class BudgetFixture extends Clock {

	static final Duration DAY = Duration.ofDays(1);

	final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private Instant now = Instant.parse("2026-03-29T22:00:00Z");

	/** An endpoint that may cost 10 a day. */
	static Endpoint endpoint() {
		return endpoint(new SpendLimit(BigDecimal.TEN, DAY));
	}

	static Endpoint endpoint(SpendLimit limit) {
		return Endpoint.named("primary")
			.url(URI.create("https://api.example.com/v1"))
			.model("large")
			.price(Price.of("1", "1"))
			.spendLimit(limit)
			.build();
	}

	EndpointBudgets budgets(Endpoint endpoint, SpendStore store) {
		return new EndpointBudgets(List.of(endpoint), this, store, Duration.ofSeconds(5), this.time);
	}

	void pass(Duration duration) {
		this.now = this.now.plus(duration);
		this.time.advanceTimeBy(duration);
	}

	void set(String instant) {
		this.now = Instant.parse(instant);
	}

	static void spend(EndpointBudget budget, String amount) {
		Reservation reservation = budget.tryReserve(0, 0);
		if (reservation == null) {
			throw new AssertionError("nothing left: " + budget.spending());
		}
		reservation.settle(new BigDecimal(amount));
	}

	@Override
	public Instant instant() {
		return this.now;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
