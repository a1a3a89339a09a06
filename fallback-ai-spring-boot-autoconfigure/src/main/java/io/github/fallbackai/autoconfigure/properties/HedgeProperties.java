// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/**
 * When a second endpoint is asked although the first has not failed.
 */
public class HedgeProperties {

	/**
	 * How long a call waits for visible content before it also asks the next endpoint: a
	 * duration, or p95 for the 95th percentile of the endpoint's recent times to first
	 * content. Without it no call is hedged.
	 */
	private @Nullable String delay;

	/**
	 * Largest share of calls that may cause an extra request. Defaults to 0.1.
	 */
	private @Nullable Double maxRatio;

	public @Nullable String getDelay() {
		return this.delay;
	}

	public void setDelay(@Nullable String delay) {
		this.delay = delay;
	}

	public @Nullable Double getMaxRatio() {
		return this.maxRatio;
	}

	public void setMaxRatio(@Nullable Double maxRatio) {
		this.maxRatio = maxRatio;
	}

}
