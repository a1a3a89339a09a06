// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Amounts as whole numbers. They can be counted without a lock, and their sum is exact in
 * any order, on any machine. A token at a price of 0.001 per million is one billionth.
 */
final class Billionths {

	private static final int DIGITS = 9;

	/** More than any limit; several of them still fit. */
	private static final long MOST = 2_000_000_000_000_000_000L;

	private Billionths() {
	}

	/** Rounds up, so that many small amounts are not lost. */
	static long of(BigDecimal amount) {
		BigDecimal billionths = amount.movePointRight(DIGITS);
		return (billionths.compareTo(BigDecimal.valueOf(MOST)) >= 0) ? MOST
				: billionths.setScale(0, RoundingMode.CEILING).longValueExact();
	}

	/** The price of a number of tokens, both not negative. */
	static long product(long price, long number) {
		long product = price * number;
		return (Math.multiplyHigh(price, number) != 0 || product < 0 || product > MOST) ? MOST : product;
	}

	static BigDecimal amount(long billionths) {
		BigDecimal amount = BigDecimal.valueOf(billionths, DIGITS).stripTrailingZeros();
		return (amount.scale() < 0) ? amount.setScale(0) : amount;
	}

	/** Adds two amounts that are not negative. */
	static long sum(long one, long other) {
		long sum = one + other;
		return (sum < 0) ? Long.MAX_VALUE : sum;
	}

}
