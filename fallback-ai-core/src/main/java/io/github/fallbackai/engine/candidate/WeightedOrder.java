// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Chooses one candidate after another at random. The chance of each is its share of the
 * weights that are left.
 */
final class WeightedOrder implements TierOrder {

	private final DoubleSupplier chance;

	WeightedOrder(DoubleSupplier chance) {
		this.chance = chance;
	}

	@Override
	public void arrange(List<Candidate> tier) {
		// Waiting times of independent processes: with a greater weight, a small time is
		// more likely.
		Map<Candidate, Double> arrivals = new HashMap<>();
		for (Candidate candidate : tier) {
			arrivals.put(candidate, arrival(candidate, this.chance.getAsDouble()));
		}
		tier.sort(Comparator.comparingDouble(arrivals::get));
	}

	/**
	 * The waiting time of a candidate.
	 * @param chance a number from 0, inclusive, to 1
	 */
	static double arrival(Candidate candidate, double chance) {
		return -Math.log1p(-chance) / candidate.endpoint().placement().weight();
	}

	@Override
	public void preview(List<Candidate> tier) {
		tier.sort(Comparator.comparingInt((candidate) -> -candidate.endpoint().placement().weight()));
	}

}
