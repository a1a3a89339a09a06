// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often the request of one call may still be corrected and sent again after an
 * endpoint refused it. All attempts of the call share the budget, also two that run at
 * the same time. Safe for use by several threads.
 */
public final class CorrectionBudget {

	/** How many corrections a call has room for. */
	public static final int MOST = 2;

	private final AtomicInteger left;

	/** A budget of {@value #MOST} corrections. */
	public CorrectionBudget() {
		this(MOST);
	}

	private CorrectionBudget(int corrections) {
		this.left = new AtomicInteger(corrections);
	}

	/** A budget that allows no correction. */
	public static CorrectionBudget exhausted() {
		return new CorrectionBudget(0);
	}

	/**
	 * Takes one correction.
	 * @return whether there was one left
	 */
	public boolean tryTake() {
		return this.left.getAndUpdate((corrections) -> Math.max(0, corrections - 1)) > 0;
	}

}
