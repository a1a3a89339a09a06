// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import io.github.fallbackai.endpoint.EndpointId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps and spreads the states of endpoints. So a restarted instance knows what it
 * learned before, and all instances know what one of them learns. Calls never wait for
 * the store. Instances decide from their own memory, publish in the background and go on
 * without a store that fails.
 * <p>
 * Implementations are safe for use by several threads and never block the thread that
 * subscribes. They keep the latest state of each endpoint and count its durations down. A
 * command that has not ended after 30 s is cancelled and counts as failed.
 */
public interface BreakerStateStore {

	/**
	 * Looks up the state of an endpoint.
	 * @param endpoint the endpoint
	 * @return its state with the durations that remain now; empty if the store knows
	 * nothing about it
	 */
	Mono<EndpointState> load(EndpointId endpoint);

	/**
	 * Offers a state. If its version is greater than that of the stored state, or if
	 * there is none, the store keeps it and tells its followers. Otherwise nothing
	 * changes.
	 * @param state the state
	 * @return the state that the store has afterwards: the given one, or the stored one
	 * that was not older
	 */
	Mono<EndpointState> publish(EndpointState state);

	/**
	 * Follows the states that any instance publishes from the subscription on, the
	 * subscriber's own states included.
	 * @return every state that the store accepts; does not end, and connects again by
	 * itself
	 */
	Flux<EndpointState> changes();

	/**
	 * What kind of store this is, for people to read.
	 * @return a word such as {@code memory}, the name of the class unless overridden
	 */
	default String type() {
		return getClass().getSimpleName();
	}

	/**
	 * Whether the store answered lately, as far as is known without asking it.
	 * @return whether states are kept and spread at present, {@code true} unless
	 * overridden
	 */
	default boolean reachable() {
		return true;
	}

}
