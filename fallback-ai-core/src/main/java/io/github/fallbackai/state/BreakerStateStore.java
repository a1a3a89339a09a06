package io.github.fallbackai.state;

import io.github.fallbackai.endpoint.EndpointId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps and spreads the states of endpoints, so that a restarted instance knows what the
 * last one learned, and all instances what one of them learns. Calls never wait for it:
 * instances decide from their own memory, publish in the background and live on without a
 * store that fails.
 * <p>
 * Implementations are safe for use by several threads and never block the thread that
 * subscribes. They keep the latest state of each endpoint and count its durations down. A
 * command that has not ended after 30 s is given up and counts as failed.
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
	 * Offers a state. The store keeps it and tells its followers if it has a greater
	 * version than the state the store has, or if it has none; otherwise nothing changes.
	 * @param state the state
	 * @return the state the store has afterwards: the given one, or the one that was not
	 * older
	 */
	Mono<EndpointState> publish(EndpointState state);

	/**
	 * Follows what is published from the subscription on, by whichever instance, the
	 * subscriber's own states included.
	 * @return every state the store accepts; does not end, and heals its connection by
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
