// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.math.BigDecimal;
import java.util.Comparator;

import io.github.fallbackai.endpoint.Price;
import org.jspecify.annotations.Nullable;

/**
 * Compares the prices of candidates, for the same number of tokens of prompt and answer.
 */
final class PriceOrder {

	/** The cheapest first, those without a price last. */
	static final Comparator<Candidate> CHEAPEST_FIRST = Comparator.comparing(PriceOrder::charge,
			Comparator.nullsLast(Comparator.naturalOrder()));

	private PriceOrder() {
	}

	/**
	 * Whether a candidate is more expensive than one before it in the chain's order. If a
	 * price is not known, the order decides.
	 */
	static boolean dearer(Candidate candidate, Candidate before) {
		BigDecimal charge = charge(candidate);
		BigDecimal chargeBefore = charge(before);
		return charge == null || chargeBefore == null || charge.compareTo(chargeBefore) > 0;
	}

	private static @Nullable BigDecimal charge(Candidate candidate) {
		Price price = candidate.endpoint().price();
		return (price != null) ? price.input().add(price.output()) : null;
	}

}
