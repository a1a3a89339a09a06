// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.ClusterStateStore;
import io.github.fallbackai.state.SpendStore;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The instances that agree on the state of their endpoints, seen from one of them. Gates
 * join, then the cluster starts. Safe for use by several threads.
 */
public interface Cluster extends AutoCloseable {

	/**
	 * An instance without others. It needs no votes and no right to probe, and its
	 * operators' decisions reach only itself. Its store still keeps its states.
	 * @param store where states are kept
	 * @param nanoClock monotonic time in nanoseconds
	 * @param scheduler what waits for moments to come
	 */
	static Cluster alone(BreakerStateStore store, LongSupplier nanoClock, Scheduler scheduler) {
		ClusterTime time = new ClusterTime(nanoClock, scheduler);
		StateStoreActivity activity = new StateStoreActivity(nanoClock);
		StoreCommands commands = new StoreCommands(StoreOutage.untilAnyAnswer(nanoClock, activity), activity,
				scheduler);
		return new StoreCluster(new StateExchange(store, commands, nanoClock), new NoPeers(), time,
				(members, restored) -> {
				});
	}

	/**
	 * Instances that share a store.
	 * @param store the store
	 * @param settings how they work together
	 * @param nanoClock monotonic time in nanoseconds
	 * @param scheduler what waits for moments to come
	 * @param random numbers from 0 inclusive to 1 exclusive, for jitter
	 */
	static Cluster sharing(ClusterStateStore store, ClusterSettings settings, LongSupplier nanoClock,
			Scheduler scheduler, DoubleSupplier random) {
		ClusterTime time = new ClusterTime(nanoClock, scheduler);
		StateStoreActivity activity = new StateStoreActivity(nanoClock);
		StoreCommands commands = new StoreCommands(StoreOutage.untilPinged(nanoClock, activity), activity, scheduler);
		StateExchange exchange = new StateExchange(store, commands, nanoClock);
		SharingPeers peers = new SharingPeers(store, settings, commands, time);
		Reconciliation reconciliation = new Reconciliation(exchange, peers, settings.syncInterval(), scheduler, random);
		return new StoreCluster(exchange, peers, time, reconciliation::start);
	}

	/**
	 * Makes an endpoint of this instance a member.
	 * @param endpoint the endpoint
	 * @param gate its gate
	 * @return the membership, through which the gate asks and tells
	 */
	Membership join(EndpointId endpoint, LocalGate gate);

	/** Follows the store and looks up what it has. */
	void start();

	/**
	 * Waits for the states that the store had at the start.
	 * @return completes when they are known, or when it is clear that the store does not
	 * tell them; never fails
	 */
	Mono<Void> restored();

	/**
	 * Makes a store of spending part of this cluster's store: its commands count as
	 * commands to the store, and its outages are the store's.
	 * @param store the store
	 * @return the same for as long as the store is well; errors while it is out, nothing
	 * once this cluster is closed
	 */
	SpendStore spending(SpendStore store);

	/** Counts of the exchange between this instance and the store. */
	StateStoreActivity activity();

	/** Stops telling and following. The members go on alone. */
	@Override
	void close();

}
