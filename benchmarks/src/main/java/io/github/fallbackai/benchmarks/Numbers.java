// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks;

import java.util.Arrays;

/**
 * Numbers in the arguments of a program, and the medians that it prints.
 */
public final class Numbers {

	private Numbers() {
	}

	/**
	 * Finds a number, whatever else the arguments have.
	 * @param args separated by spaces or commas
	 * @param position which of the numbers, from 0
	 * @param absent taken if there are fewer
	 */
	public static int of(String[] args, int position, int absent) {
		int[] numbers = Arrays.stream(args)
			.flatMap((arg) -> Arrays.stream(arg.split("[ ,]+", -1)))
			.filter((arg) -> arg.matches("\\d{1,9}"))
			.mapToInt(Integer::parseInt)
			.toArray();
		return (position < numbers.length) ? numbers[position] : absent;
	}

	/** The value in the middle, or between the two in the middle. */
	public static double median(double... values) {
		return quantile(values, 0.5);
	}

	/**
	 * The value below which a part of all values lie.
	 * @param values at least one
	 * @param part from 0 to 1
	 */
	public static double quantile(double[] values, double part) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		double position = part * (sorted.length - 1);
		int below = (int) position;
		int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
	}

}
