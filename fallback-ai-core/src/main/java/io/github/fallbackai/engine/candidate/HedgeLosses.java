// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often in a row an endpoint lost a race without any content. A cancelled
 * loser does not count for its breaker, so hedging could hide a dead endpoint for ever.
 * From a threshold on, a loser is watched to its end.
 */
final class HedgeLosses {

	private final AtomicInteger inARow = new AtomicInteger();

	void lost() {
		this.inARow.incrementAndGet();
	}

	void contentCame() {
		if (this.inARow.get() != 0) {
			this.inARow.set(0);
		}
	}

	boolean atLeast(int threshold) {
		return this.inARow.get() >= threshold;
	}

}
