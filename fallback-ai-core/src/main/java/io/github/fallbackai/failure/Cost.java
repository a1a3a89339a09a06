// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.math.BigDecimal;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An amount that was spent, in the currency of the configured prices.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class Cost {

	/** Nothing, for sure. */
	public static final Cost NOTHING = new Cost(BigDecimal.ZERO, false);

	private final BigDecimal amount;

	private final boolean estimated;

	/**
	 * @param amount the amount, exact and without trailing zeros
	 * @param estimated whether at least a part of it comes from estimated tokens, because
	 * the provider reported none
	 */
	@JsonCreator
	public Cost(@JsonProperty("amount") BigDecimal amount, @JsonProperty("estimated") boolean estimated) {
		amount = amount.stripTrailingZeros();
		if (amount.scale() < 0) {
			amount = amount.setScale(0);
		}
		this.amount = amount;
		this.estimated = estimated;
	}

	/** The amount, exact and without trailing zeros. */
	public BigDecimal amount() {
		return this.amount;
	}

	/**
	 * Whether at least a part of it comes from estimated tokens, because the provider
	 * reported none.
	 */
	public boolean estimated() {
		return this.estimated;
	}

	/**
	 * Adds another cost. If one of them is an estimate, the sum is an estimate.
	 * @param other the other cost
	 * @return the sum
	 */
	public Cost plus(Cost other) {
		return new Cost(this.amount.add(other.amount), this.estimated || other.estimated);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Cost cost && this.amount.equals(cost.amount) && this.estimated == cost.estimated;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.amount, this.estimated);
	}

	@Override
	public String toString() {
		return "Cost[amount=" + this.amount + ", estimated=" + this.estimated + "]";
	}

}
