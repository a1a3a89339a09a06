// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Chooses two candidates at random and begins with the faster one, so that the fastest
 * gets most calls but not all. The others follow by speed. While a candidate gets no
 * calls, its old times count less and less, so that it is tried again.
 */
final class LatencyOrder implements TierOrder {

	private final DoubleSupplier chance;

	LatencyOrder(DoubleSupplier chance) {
		this.chance = chance;
	}

	@Override
	public void arrange(List<Candidate> tier) {
		Candidate one = tier.get(draw(tier.size()));
		Candidate other = tier.get(draw(tier.size()));
		preview(tier);
		Candidate first = (tier.indexOf(other) < tier.indexOf(one)) ? other : one;
		tier.remove(first);
		tier.add(0, first);
	}

	private int draw(int bound) {
		return (int) (this.chance.getAsDouble() * bound);
	}

	@Override
	public void preview(List<Candidate> tier) {
		List<Timed> timed = tier.stream().map(Timed::new).sorted(Comparator.comparingDouble(Timed::nanos)).toList();
		for (int index = 0; index < timed.size(); index++) {
			tier.set(index, timed.get(index).candidate());
		}
	}

	/**
	 * A candidate with its speed as it was when sorting began: it may change meanwhile.
	 */
	private record Timed(Candidate candidate, double nanos) {

		Timed(Candidate candidate) {
			this(candidate, candidate.experience().averageFirstContent());
		}

	}

}
