// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.math.BigInteger;

/**
 * An amount in Redis: billionths of the currency, with a fixed number of digits, so that
 * amounts compare like numbers.
 */
final class SpendFormat {

	/** As many as {@link Long#MAX_VALUE} has. */
	private static final int DIGITS = 19;

	private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

	private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

	private SpendFormat() {
	}

	static String write(long amount) {
		String digits = Long.toString(amount);
		return "0".repeat(DIGITS - digits.length()) + digits;
	}

	/**
	 * Reads the script's answer: billions and what is left.
	 * @return the sum, the greatest number if it is greater than that
	 */
	static long total(String answer) {
		String[] parts = answer.split(" ", 2);
		BigInteger total = new BigInteger(parts[0]).multiply(BILLION).add(new BigInteger(parts[1]));
		return total.min(MOST).longValue();
	}

}
