package io.github.fallbackai.failure;

import java.math.BigDecimal;

/**
 * What something cost, in the currency of the configured prices.
 *
 * @param amount the amount, exact and without trailing zeros
 * @param estimated whether it was worked out, at least in part, from estimated tokens
 * because the provider reported none
 */
public record Cost(BigDecimal amount, boolean estimated) {

	/** Nothing, for sure. */
	public static final Cost NOTHING = new Cost(BigDecimal.ZERO, false);

	public Cost {
		amount = amount.stripTrailingZeros();
		if (amount.scale() < 0) {
			amount = amount.setScale(0);
		}
	}

	/**
	 * Adds another cost; the sum of an estimate and anything is an estimate.
	 * @param other the other cost
	 * @return the sum
	 */
	public Cost plus(Cost other) {
		return new Cost(this.amount.add(other.amount), this.estimated || other.estimated);
	}

}
