package io.github.fallbackai.state;

import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that several instances use at the same time, so that they also agree on who
 * probes, on how many of them saw an endpoint fail, and on what operators decided.
 */
public interface ClusterStateStore extends BreakerStateStore {

	/**
	 * Looks up what operators decided about an endpoint.
	 * @param endpoint the endpoint
	 * @return the decision with the time that remains now; empty if there is none
	 */
	Mono<OperatorDecision> loadDecision(EndpointId endpoint);

	/**
	 * Offers a decision. The store keeps it, without expiry, and tells its followers if
	 * it has a greater version than what the store has; otherwise nothing changes.
	 * @param decision the decision
	 * @return the decision the store has afterwards
	 */
	Mono<OperatorDecision> publish(OperatorDecision decision);

	/**
	 * Follows what operators decide from the subscription on.
	 * @return every decision the store accepts; does not end, and heals its connection by
	 * itself
	 */
	Flux<OperatorDecision> decisions();

	/**
	 * Asks for, or prolongs, the sole right to probe an endpoint that is open. A lease is
	 * bound to the opening: the right to probe after one says nothing about the next, and
	 * there is none after an opening that is over.
	 * @param endpoint the endpoint
	 * @param opening version of the state whose opening has expired
	 * @param holder who asks
	 * @param length for how long
	 * @return whether the holder has it now
	 */
	Mono<ProbeLease> lease(EndpointId endpoint, Version opening, String holder, Duration length);

	/**
	 * Tries whether the store takes what it is told. Asked now and then while it does
	 * not.
	 * @return completes if it does
	 */
	Mono<Void> ping();

	/**
	 * Tells when what {@link #changes()} and {@link #decisions()} follow was subscribed
	 * to anew, so that messages may have been lost in between.
	 * @return how many times that happened so far, whenever it does; does not end, and
	 * tells nothing unless overridden
	 */
	default Flux<Long> renewals() {
		return Flux.never();
	}

	/**
	 * Says that an instance sees an endpoint fail.
	 * @param endpoint the endpoint
	 * @param voter the instance; its votes do not add up
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
