// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

/**
 * Limits the share of calls that cause an extra request. Safe for use by several threads.
 */
final class HedgeBudget {

	/**
	 * Most extra requests that can be saved up, so that a quiet time does not allow a
	 * burst of them.
	 */
	private static final double MOST_SAVED = 10;

	/** The first call that needs it may hedge. */
	private double saved = 1;

	synchronized void earn(double ratio) {
		this.saved = Math.min(MOST_SAVED, this.saved + ratio);
	}

	synchronized boolean trySpend() {
		if (this.saved < 1) {
			return false;
		}
		this.saved -= 1;
		return true;
	}

}
