// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that several instances use at the same time. So they also agree on which
 * instance probes, on how many of them saw an endpoint fail, and on what operators
 * decided.
 */
public interface ClusterStateStore extends BreakerStateStore {

	/**
	 * Looks up what operators decided about an endpoint.
	 * @param endpoint the endpoint
	 * @return the decision with the time that remains now; empty if there is none
	 */
	Mono<OperatorDecision> loadDecision(EndpointId endpoint);

	/**
	 * Offers a decision. If its version is greater than that of the stored one, the store
	 * keeps it, without expiry, and tells its followers. Otherwise nothing changes.
	 * @param decision the decision
	 * @return the decision the store has afterwards
	 */
	Mono<OperatorDecision> publish(OperatorDecision decision);

	/**
	 * Follows what operators decide from the subscription on.
	 * @return every decision that the store accepts; does not end, and connects again by
	 * itself
	 */
	Flux<OperatorDecision> decisions();

	/**
	 * Asks for, or prolongs, the sole right to probe an endpoint that is open. A lease
	 * belongs to one opening. It is not valid for the next opening, and there is none
	 * after an opening that is over.
	 * @param endpoint the endpoint
	 * @param opening version of the state whose opening has expired
	 * @param holder the instance that asks
	 * @param length for how long
	 * @return whether the holder has it now
	 */
	Mono<ProbeLease> lease(EndpointId endpoint, Version opening, String holder, Duration length);

	/**
	 * Tries whether the store can be written to. Called from time to time while it
	 * cannot.
	 * @return completes if it does
	 */
	Mono<Void> ping();

	/**
	 * Tells when the subscription behind {@link #changes()} and {@link #decisions()} was
	 * made again, because messages may have been lost in between.
	 * @return the number of renewals so far, each time there is one; does not end, and
	 * emits nothing unless overridden
	 */
	default Flux<Long> renewals() {
		return Flux.never();
	}

	/**
	 * Says that an instance sees an endpoint fail.
	 * @param endpoint the endpoint
	 * @param voter the instance; several votes of it count once
	 * @param validity how long the vote counts
	 * @return number of instances whose votes count now, the given one included
	 */
	Mono<Integer> vote(EndpointId endpoint, String voter, Duration validity);

	/**
	 * Takes a vote back.
	 * @param endpoint the endpoint
	 * @param voter the instance
	 * @return completes when the vote no longer counts
	 */
	Mono<Void> withdraw(EndpointId endpoint, String voter);

}
