// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

/**
 * How many calls an endpoint takes at a time.
 *
 * @param maxCalls most calls at a time, 0 for no limit
 * @param adaptive whether the limit follows how fast the endpoint answers and whether it
 * complains, with {@code maxCalls} as its upper bound
 * @param batchShare share of the limit that batch calls may use, one call at least
 */
public record ConcurrencySettings(int maxCalls, boolean adaptive, double batchShare) {

	/** No limit. If a limit is set later, batch calls get half of it. */
	public static final ConcurrencySettings DEFAULTS = new ConcurrencySettings(0, false, 0.5);

	public ConcurrencySettings {
		Bounds.notNegative("max-concurrent-calls", maxCalls);
		Bounds.require(batchShare > 0 && batchShare <= 1, "batch-share", batchShare, "> 0 and <= 1");
	}

	/** Whether there is any limit. */
	public boolean limited() {
		return this.maxCalls > 0 || this.adaptive;
	}

}
