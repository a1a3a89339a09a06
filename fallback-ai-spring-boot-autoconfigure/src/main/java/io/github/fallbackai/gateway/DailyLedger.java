package io.github.fallbackai.gateway;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What was spent on the present day in UTC. Safe for use by several threads.
 */
final class DailyLedger {

	private final Clock clock;

	private Day latest;

	DailyLedger(Clock clock) {
		this.clock = clock;
		this.latest = new Day(today(), BigDecimal.ZERO);
	}

	synchronized void add(BigDecimal amount) {
		LocalDate today = today();
		this.latest = new Day(today, this.latest.spentOn(today).add(amount));
	}

	synchronized BigDecimal spent() {
		return this.latest.spentOn(today());
	}

	/** Time until the ledger is empty again. */
	Duration remaining() {
		Instant tomorrow = today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
		return Duration.between(this.clock.instant(), tomorrow);
	}

	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	private record Day(LocalDate date, BigDecimal spent) {

		BigDecimal spentOn(LocalDate other) {
			return this.date.equals(other) ? this.spent : BigDecimal.ZERO;
		}

	}

}
