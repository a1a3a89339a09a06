package io.github.fallbackai.cluster;

import reactor.core.publisher.Mono;

/**
 * What a gate asks of its endpoint's membership in the cluster, and tells it. No method
 * waits for the store. Safe for use by several threads.
 */
public interface Membership {

	/** Whether the other instances leave the next probe to this one. */
	boolean mayProbe(long now);

	/** A call would ask the endpoint if its breaker let it. */
	void wanted(long now);

	/** Completes when the question who may probe, if it is under way, is answered. */
	Mono<Void> probeDecision();

	/** The breaker opened here. */
	void opened();

	/**
	 * The breaker closed here.
	 * @param judged whether calls brought it about, rather than an operator or the
	 * application
	 */
	void closed(boolean judged);

	/** A cool-down began here, or was drawn out. */
	void cooledDown();

	/** The cool-down of the account, which the store may have from here, was ended. */
	void accountReset();

	/** What operators decided about the endpoint. */
	Decisions decisions();

}
