package io.github.fallbackai.policy;

/**
 * Which of several endpoints of the same priority a call asks first.
 */
public enum Selection {

	/** The one that is listed first. */
	ORDER,

	/** Each as often as its weight says, by chance. */
	WEIGHT,

	/** Of two drawn by chance the one that was faster with its first content lately. */
	LATENCY,

	/**
	 * The cheapest, by what a million tokens each of prompt and answer cost; those
	 * without a price last.
	 */
	COST,

	/** One after the other. */
	ROUND_ROBIN;

	/**
	 * Whether all endpoints of a priority get calls while they are well, so that none is
	 * a second choice.
	 */
	public boolean shares() {
		return this == WEIGHT || this == LATENCY || this == ROUND_ROBIN;
	}

}
