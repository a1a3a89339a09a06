// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.Version;
import reactor.core.publisher.Mono;

/**
 * Sends states of endpoints to the store and receives them.
 */
final class StateExchange {

	private final BreakerStateStore store;

	private final StoreCommands commands;

	private final LongSupplier clock;

	/** For each endpoint, the latest change that was told and has not come back yet. */
	private final Map<EndpointId, Told> told = new ConcurrentHashMap<>();

	StateExchange(BreakerStateStore store, StoreCommands commands, LongSupplier clock) {
		this.store = store;
		this.commands = commands;
		this.clock = clock;
	}

	StoreCommands commands() {
		return this.commands;
	}

	StateStoreActivity activity() {
		return this.commands.activity();
	}

	/** Follows what is published from now on. */
	void follow(Consumer<EndpointState> follower) {
		this.commands.follow(this.store::changes, (state) -> {
			heard(state);
			follower.accept(state);
		});
	}

	private void heard(EndpointState state) {
		Told change = this.told.get(state.endpoint());
		if (change != null && change.version().equals(state.version()) && this.told.remove(state.endpoint(), change)) {
			activity().heard(this.clock.getAsLong() - change.at());
		}
	}

	Mono<EndpointState> load(EndpointId endpoint) {
		return this.commands.run(() -> this.store.load(endpoint));
	}

	/** Offers a state; without an answer, nothing happens. */
	void publish(EndpointState state, Consumer<EndpointState> held) {
		this.commands.run(() -> {
			this.told.put(state.endpoint(), new Told(state.version(), this.clock.getAsLong()));
			return this.store.publish(state);
		}).subscribe(held, StateExchange::known);
	}

	/** Failures are counted and logged where the command is sent. */
	private static void known(Throwable error) {
	}

	/**
	 * A change on its way to the other instances.
	 */
	private record Told(Version version, long at) {

	}

}
