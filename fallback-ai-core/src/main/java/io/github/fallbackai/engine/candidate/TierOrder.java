// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import io.github.fallbackai.policy.Selection;

/**
 * Arranges candidates of the same priority. Safe for use by several threads.
 */
interface TierOrder {

	/** Leaves them as they are listed. */
	TierOrder AS_LISTED = (tier) -> {
	};

	/**
	 * Makes the order for a selection.
	 * @param selection the selection
	 * @return an order, with a memory of its own if it needs one
	 */
	static TierOrder of(Selection selection) {
		DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();
		return switch (selection) {
			case ORDER, COST -> AS_LISTED;
			case WEIGHT -> new WeightedOrder(chance);
			case LATENCY -> new LatencyOrder(chance);
			case ROUND_ROBIN -> new RoundRobinOrder();
		};
	}

	/**
	 * Arranges the candidates for one call.
	 * @param tier the candidates as they are listed, to be sorted in place
	 */
	void arrange(List<Candidate> tier);

	/**
	 * Arranges the candidates as a call would most likely find them now, without chance
	 * or side effects.
	 * @param tier the candidates as they are listed, to be sorted in place
	 */
	default void preview(List<Candidate> tier) {
		arrange(tier);
	}

}
