// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

/**
 * The place of an endpoint among the others of a chain.
 *
 * @param priority its tier; endpoints of the smallest tier are asked first, whatever
 * their order in the list
 * @param weight its share of the calls in a tier that shares calls by weight
 */
public record Placement(int priority, int weight) {

	/** Priority 0, weight 1. */
	public static final Placement DEFAULTS = new Placement(0, 1);

	public Placement {
		Bounds.positive("weight", weight);
	}

}
