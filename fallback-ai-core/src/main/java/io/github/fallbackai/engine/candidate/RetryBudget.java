// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

/**
 * Keeps retries from multiplying the load on an endpoint that fails for all calls. It is
 * a bucket of tokens: a retry takes a token, and ten successes refill one. Safe for use
 * by several threads.
 */
final class RetryBudget {

	private static final int CAPACITY = 100;

	private static final int RETRY_COST = 10;

	private int tokens = CAPACITY;

	synchronized boolean tryRetry() {
		if (this.tokens < RETRY_COST) {
			return false;
		}
		this.tokens -= RETRY_COST;
		return true;
	}

	synchronized void succeeded() {
		this.tokens = Math.min(CAPACITY, this.tokens + 1);
	}

}
