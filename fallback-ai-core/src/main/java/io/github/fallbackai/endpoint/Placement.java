package io.github.fallbackai.endpoint;

/**
 * Where an endpoint stands among the others of a chain.
 *
 * @param priority its tier: those with the smallest number are asked first, whatever
 * their order
 * @param weight its share of the calls within a tier that shares them out by weight
 */
public record Placement(int priority, int weight) {

	/** Priority 0, weight 1. */
	public static final Placement DEFAULTS = new Placement(0, 1);

	public Placement {
		Bounds.positive("weight", weight);
	}

}
