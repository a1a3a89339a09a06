// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.math.BigDecimal;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint may cost.
 */
public class SpendLimitProperties {

	/**
	 * The most to spend at the endpoint in a period, in the currency of its price.
	 * Without it there is no limit.
	 */
	private @Nullable BigDecimal amount;

	/**
	 * Length of a period. Periods are aligned to UTC: days begin at midnight, hours on
	 * the hour.
	 */
	private Duration period = Duration.ofDays(1);

	public @Nullable BigDecimal getAmount() {
		return this.amount;
	}

	public void setAmount(@Nullable BigDecimal amount) {
		this.amount = amount;
	}

	public Duration getPeriod() {
		return this.period;
	}

	public void setPeriod(Duration period) {
		this.period = period;
	}

}
