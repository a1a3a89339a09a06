package io.github.fallbackai.state.redis;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An amount in Redis: billionths of the currency, with a fixed number of digits, so that
 * amounts compare like numbers. They are added up here, because the numbers of Lua are
 * too small.
 */
final class SpendFormat {

	/** As many as {@link Long#MAX_VALUE} has. */
	private static final int DIGITS = 19;

	private static final Pattern AMOUNT = Pattern.compile("[0-8]\\d{18}");

	private SpendFormat() {
	}

	static String write(long amount) {
		String digits = Long.toString(amount);
		return "0".repeat(DIGITS - digits.length()) + digits;
	}

	/**
	 * Adds up the amounts of the script's answer. A value that is not an amount of ours
	 * counts as zero.
	 */
	static long total(String answer) {
		return Arrays.stream(answer.split(" "))
			.filter((word) -> AMOUNT.matcher(word).matches())
			.mapToLong(Long::parseLong)
			.sum();
	}

}
