// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import io.github.fallbackai.state.HeldPlaces;
import io.github.fallbackai.state.SpendReport;
import io.github.fallbackai.state.SpendStore;
import reactor.core.publisher.Mono;

/**
 * A store of spending whose commands count as commands to the state store.
 */
final class GuardedSpending implements SpendStore {

	private final SpendStore store;

	private final StoreCommands commands;

	GuardedSpending(SpendStore store, StoreCommands commands) {
		this.store = store;
		this.commands = commands;
	}

	@Override
	public Mono<Long> report(SpendReport report) {
		return this.commands.run(() -> this.store.report(report));
	}

	@Override
	public Mono<Long> hold(HeldPlaces held) {
		return this.commands.run(() -> this.store.hold(held));
	}

}
