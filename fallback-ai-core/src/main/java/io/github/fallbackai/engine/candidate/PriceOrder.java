package io.github.fallbackai.engine.candidate;

import java.math.BigDecimal;
import java.util.Comparator;

import io.github.fallbackai.endpoint.Price;
import org.jspecify.annotations.Nullable;

/**
 * Compares what candidates charge, for as many tokens of the answer as of the prompt.
 */
final class PriceOrder {

	/** The cheapest first, those without a price last. */
	static final Comparator<Candidate> CHEAPEST_FIRST = Comparator.comparing(PriceOrder::charge,
			Comparator.nullsLast(Comparator.naturalOrder()));

	private PriceOrder() {
	}

	/**
	 * Whether a candidate charges more than one that is before it in the chain's order,
	 * which stands for prices that are not known.
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
