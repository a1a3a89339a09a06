// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.policy;

/**
 * Which of several endpoints of the same priority a call asks first.
 */
public enum Selection {

	/** The one that is listed first. */
	ORDER,

	/** Each as often as its weight says, by chance. */
	WEIGHT,

	/**
	 * Of two endpoints chosen at random, the one with the faster first content lately.
	 */
	LATENCY,

	/**
	 * The cheapest, by the price of a million tokens of prompt and a million tokens of
	 * answer; endpoints without a price last.
	 */
	COST,

	/** One after the other. */
	ROUND_ROBIN;

	/**
	 * Whether all endpoints of a priority get calls while they work, so that none is a
	 * second choice.
	 */
	public boolean shares() {
		return this == WEIGHT || this == LATENCY || this == ROUND_ROBIN;
	}

}
