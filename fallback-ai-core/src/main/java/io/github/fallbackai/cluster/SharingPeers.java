// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.ClusterStateStore;
import io.github.fallbackai.state.OperatorDecision;
import io.github.fallbackai.state.ProbeLease;
import io.github.fallbackai.state.Version;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The instances that share a store with this one.
 */
final class SharingPeers implements Peers, LeasedProbeRight.Leases {

	private final ClusterStateStore store;

	private final ClusterSettings settings;

	private final StoreCommands commands;

	private final ClusterTime time;

	SharingPeers(ClusterStateStore store, ClusterSettings settings, StoreCommands commands, ClusterTime time) {
		this.store = store;
		this.settings = settings;
		this.commands = commands;
		this.time = time;
	}

	@Override
	public String origin() {
		return this.settings.instanceId();
	}

	@Override
	public boolean needsQuorum() {
		return this.settings.quorum() > 1;
	}

	@Override
	public Mono<Boolean> vote(EndpointId endpoint, Duration validity) {
		return this.commands.run(() -> this.store.vote(endpoint, origin(), validity))
			.map((votes) -> votes >= this.settings.quorum());
	}

	@Override
	public Mono<Void> withdraw(EndpointId endpoint) {
		return this.commands.run(() -> this.store.withdraw(endpoint, origin()));
	}

	@Override
	public ProbeRight probeRight(EndpointId endpoint, Mailbox mailbox, BooleanSupplier probing, Runnable behind) {
		return new LeasedProbeRight(endpoint, this, mailbox, this.time, probing, behind);
	}

	@Override
	public Mono<ProbeLease> lease(EndpointId endpoint, Version opening, Duration length) {
		return this.commands.run(() -> this.store.lease(endpoint, opening, origin(), length));
	}

	@Override
	public boolean closed() {
		return this.commands.closed();
	}

	@Override
	public Mono<OperatorDecision> publish(OperatorDecision decision) {
		return this.commands.run(() -> this.store.publish(decision));
	}

	@Override
	public Mono<OperatorDecision> loadDecision(EndpointId endpoint) {
		return this.commands.run(() -> this.store.loadDecision(endpoint));
	}

	@Override
	public Flux<OperatorDecision> decisions() {
		return this.store.decisions();
	}

	/** Tries whether the store is back, and ends the outage if so. */
	Mono<Void> ping() {
		return this.commands.ping(this.store::ping);
	}

	/** Emits when messages may have been lost because the subscription was made again. */
	Flux<Long> renewals() {
		return Flux.defer(this.store::renewals);
	}

}
