// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.SpendStore;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Instances that agree through a store.
 */
final class StoreCluster implements Cluster {

	private final Map<EndpointId, EndpointMembership> members = Collections.synchronizedMap(new LinkedHashMap<>());

	private final Preferences preferences = new Preferences();

	private final Sinks.Empty<Void> restored = Sinks.empty();

	private final StateExchange exchange;

	private final Peers peers;

	private final ClusterTime time;

	private final BiConsumer<Map<EndpointId, EndpointMembership>, Mono<Void>> healing;

	/**
	 * A cluster that has not started.
	 * @param exchange sends and receives states
	 * @param peers the other instances
	 * @param time the present
	 * @param healing starts the comparison that finds lost messages, given all members
	 * and the signal that they are restored
	 */
	StoreCluster(StateExchange exchange, Peers peers, ClusterTime time,
			BiConsumer<Map<EndpointId, EndpointMembership>, Mono<Void>> healing) {
		this.exchange = exchange;
		this.peers = peers;
		this.time = time;
		this.healing = healing;
	}

	@Override
	public Membership join(EndpointId endpoint, LocalGate gate) {
		EndpointMembership member = new EndpointMembership(gate,
				new StateAgreement(endpoint, gate, this.time, this.exchange, this.peers),
				(effects) -> new DecisionAgreement(endpoint, effects, this.time, this.peers, this.preferences));
		this.members.put(endpoint, member);
		return member;
	}

	/**
	 * Follows the store first and then looks up what it has, so that no change is missed
	 * in between.
	 */
	@Override
	public void start() {
		Map<EndpointId, EndpointMembership> all = new LinkedHashMap<>(this.members);
		this.exchange.follow((state) -> {
			EndpointMembership member = all.get(state.endpoint());
			if (member != null) {
				member.follow(state);
			}
		});
		this.exchange.commands().follow(this.peers::decisions, (decision) -> {
			EndpointMembership member = all.get(decision.endpoint());
			if (member != null) {
				member.follow(decision);
			}
		});
		this.exchange.commands()
			.add(Flux.fromIterable(all.entrySet())
				.flatMap((entry) -> restore(entry.getKey(), entry.getValue()))
				.doFinally((end) -> this.restored.tryEmitEmpty())
				.subscribe());
		this.healing.accept(all, restored());
	}

	private Mono<Void> restore(EndpointId id, EndpointMembership member) {
		Mono<Void> state = this.exchange.load(id).doOnNext(member::follow).then().onErrorComplete();
		Mono<Void> decision = this.peers.loadDecision(id)
			.singleOptional()
			.doOnNext((held) -> member.restore(held.orElse(null)))
			.then()
			.onErrorComplete();
		return Mono.when(state, decision);
	}

	@Override
	public Mono<Void> restored() {
		return this.restored.asMono();
	}

	@Override
	public SpendStore spending(SpendStore store) {
		return new GuardedSpending(store, this.exchange.commands());
	}

	@Override
	public StateStoreActivity activity() {
		return this.exchange.activity();
	}

	@Override
	public void close() {
		this.exchange.commands().close();
	}

}
