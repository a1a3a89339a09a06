// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.status;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.fallbackai.endpoint.SpendLimit;
import org.jspecify.annotations.Nullable;

/**
 * The amount that all instances, as far as this one knows, spent at an endpoint in the
 * present period.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class Spending {

	private final BigDecimal spent;

	private final BigDecimal reserved;

	private final SpendLimit limit;

	private final Duration renewsIn;

	/**
	 * @param spent the amount, estimates included
	 * @param reserved what calls of this instance under way may still spend
	 * @param limit what may be spent
	 * @param renewsIn how long until the next period
	 */
	@JsonCreator
	public Spending(@JsonProperty("spent") BigDecimal spent, @JsonProperty("reserved") BigDecimal reserved,
			@JsonProperty("limit") SpendLimit limit, @JsonProperty("renewsIn") Duration renewsIn) {
		this.spent = spent;
		this.reserved = reserved;
		this.limit = limit;
		this.renewsIn = renewsIn;
	}

	/** The amount, estimates included. */
	public BigDecimal spent() {
		return this.spent;
	}

	/** What calls of this instance under way may still spend. */
	public BigDecimal reserved() {
		return this.reserved;
	}

	/** What may be spent. */
	public SpendLimit limit() {
		return this.limit;
	}

	/** How long until the next period. */
	public Duration renewsIn() {
		return this.renewsIn;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Spending spending && this.spent.equals(spending.spent)
				&& this.reserved.equals(spending.reserved) && this.limit.equals(spending.limit)
				&& this.renewsIn.equals(spending.renewsIn);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.spent, this.reserved, this.limit, this.renewsIn);
	}

	@Override
	public String toString() {
		return "Spending[spent=" + this.spent + ", reserved=" + this.reserved + ", limit=" + this.limit + ", renewsIn="
				+ this.renewsIn + "]";
	}

}
