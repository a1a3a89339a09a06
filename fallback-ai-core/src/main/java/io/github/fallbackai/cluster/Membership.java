// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import reactor.core.publisher.Mono;

/**
 * The membership of an endpoint in the cluster: what its gate asks the cluster and tells
 * it. No method waits for the store. Safe for use by several threads.
 */
public interface Membership {

	/** Whether this instance may run the next probe. */
	boolean mayProbe(long now);

	/** A call would ask the endpoint if its breaker allowed that. */
	void wanted(long now);

	/**
	 * Completes when the store has answered whether this instance may probe; at once if
	 * no answer is outstanding.
	 */
	Mono<Void> probeDecision();

	/** The breaker opened here. */
	void opened();

	/**
	 * The breaker closed here.
	 * @param judged whether calls caused it, and not an operator or the application
	 */
	void closed(boolean judged);

	/** A cool-down began here, or became longer. */
	void cooledDown();

	/**
	 * The cool-down of the account was ended. The store may have it from this instance.
	 */
	void accountReset();

	/** What operators decided about the endpoint. */
	Decisions decisions();

}
