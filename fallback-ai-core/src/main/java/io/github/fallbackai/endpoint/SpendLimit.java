// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What an endpoint may cost in a period. Periods are aligned to 1970-01-01T00:00Z: days
 * begin at midnight UTC, hours on the hour, weeks of 7 days on a Thursday.
 *
 * @param amount the most to spend in a period, in the currency of the price
 * @param period length of a period, whole seconds
 */
public record SpendLimit(BigDecimal amount, Duration period) {

	/** Beyond this, sums would no longer be exact. */
	public static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

	public SpendLimit {
		Bounds.require(amount.signum() > 0 && amount.compareTo(MOST) <= 0, "spend-limit.amount", amount,
				"> 0 and <= " + MOST.toPlainString());
		Bounds.require(period.toSeconds() >= 1 && period.toNanosPart() == 0, "spend-limit.period", period,
				"whole seconds, >= 1s");
	}

}
