// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Begins with another candidate each time.
 */
final class RoundRobinOrder implements TierOrder {

	private final AtomicInteger calls = new AtomicInteger();

	@Override
	public void arrange(List<Candidate> tier) {
		rotate(tier, this.calls.getAndIncrement());
	}

	@Override
	public void preview(List<Candidate> tier) {
		rotate(tier, this.calls.get());
	}

	private static void rotate(List<Candidate> tier, int calls) {
		Collections.rotate(tier, -Math.floorMod(calls, tier.size()));
	}

}
