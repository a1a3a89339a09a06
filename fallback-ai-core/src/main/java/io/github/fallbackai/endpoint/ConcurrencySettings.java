package io.github.fallbackai.endpoint;

/**
 * How many calls an endpoint takes at a time.
 *
 * @param maxCalls most calls at a time, 0 for no limit
 * @param adaptive whether the limit is found out by how fast the endpoint answers and
 * whether it complains, {@code maxCalls} being its upper bound
 * @param batchShare share of the limit that batch calls may use, one call at least
 */
public record ConcurrencySettings(int maxCalls, boolean adaptive, double batchShare) {

	/** No limit; were there one, half of it for batch calls. */
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
