// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.github.fallbackai.endpoint.EndpointId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client spent, and until when that counts.
 */
class PeriodSpendingTests {

	private Instant now = Instant.parse("2025-03-01T23:59:00Z");

	private final PeriodSpending ledger = new PeriodSpending(new EndpointId("client", "cost"), Duration.ofDays(1),
			new Clock() {

				@Override
				public ZoneId getZone() {
					return ZoneOffset.ofHours(5);
				}

				@Override
				public Clock withZone(ZoneId zone) {
					return this;
				}

				@Override
				public Instant instant() {
					return PeriodSpendingTests.this.now;
				}

			});

	@Test
	void addsUpWhatIsSpentInADay() {
		this.ledger.add(new BigDecimal("0.25"));
		this.ledger.add(new BigDecimal("0.50"));
		assertThat(this.ledger.spent()).isEqualByComparingTo("0.75");
	}

	@Test
	void beginsAgainAtMidnightInUtc() {
		this.ledger.add(BigDecimal.TEN);
		assertThat(this.ledger.remaining()).isEqualTo(Duration.ofMinutes(1));
		this.now = this.now.plus(Duration.ofMinutes(1));
		assertThat(this.ledger.spent()).isZero();
		this.ledger.add(BigDecimal.ONE);
		assertThat(this.ledger.spent()).isEqualByComparingTo("1");
	}

	@Test
	void aClockThatIsSetBackForgetsNothing() {
		this.now = Instant.parse("2025-03-02T00:00:00Z");
		this.ledger.add(BigDecimal.TEN);
		this.now = Instant.parse("2025-03-01T23:00:00Z");
		assertThat(this.ledger.spent()).isEqualByComparingTo("10");
		this.ledger.add(BigDecimal.ONE);
		this.now = Instant.parse("2025-03-02T00:00:00Z");
		assertThat(this.ledger.spent()).isGreaterThanOrEqualTo(BigDecimal.TEN);
	}

	@Test
	void aClockThatWasAheadOnceFreezesNothing() {
		this.ledger.add(BigDecimal.ONE);
		this.now = Instant.parse("2031-05-01T12:00:00Z");
		this.ledger.add(BigDecimal.TEN);
		this.now = Instant.parse("2025-03-01T23:00:00Z");
		assertThat(this.ledger.spent()).isEqualByComparingTo("11");
		this.now = Instant.parse("2025-03-02T00:00:00Z");
		assertThat(this.ledger.spent()).isZero();
	}

}
