// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.github.fallbackai.cluster.Cluster;
import io.github.fallbackai.cluster.StateStoreActivity;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.event.CallListeners;
import io.github.fallbackai.state.ClusterStateStore;
import io.github.fallbackai.state.SpendStore;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The gates of all endpoints. Safe for use by several threads.
 * <p>
 * Each endpoint's circuit breaker and time limiter are in Resilience4j's registries under
 * the endpoint's name from construction on, so that its metrics, events and actuator
 * endpoints show them. Changes that other code makes to a breaker there hold. If a
 * breaker is forced open, disabled or closed from outside, it stays so, and the time
 * until which it was open is forgotten. An opening from outside lasts as long as one of
 * our own.
 */
public final class EndpointGates implements AutoCloseable {

	private final Scheduler scheduler;

	private final Map<EndpointId, CompositeGate> gates = new LinkedHashMap<>();

	private final Cluster cluster;

	EndpointGates(EndpointGatesBuilder builder) {
		this.cluster = cluster(builder);
		this.scheduler = builder.scheduler;
		GateContext context = new GateContext(builder.clock, builder.scheduler,
				new CallListeners(List.of(builder.listener)), this.cluster);
		CoolDownLengths lengths = new CoolDownLengths(builder.coolDown, builder.random);
		Map<Account, CoolDownTimer> accounts = new HashMap<>();
		for (Endpoint endpoint : builder.endpoints.values()) {
			CoolDownTimer own = new CoolDownTimer(lengths);
			Account account = Account.of(endpoint);
			CoolDownTimer shared = (account != null)
					? accounts.computeIfAbsent(account, (key) -> new CoolDownTimer(lengths)) : own;
			this.gates.put(endpoint.id(),
					new CompositeGate(endpoint,
							RegisteredInstances.register(builder.circuitBreakers, endpoint.name(),
									builder.circuitBreakerConfig.apply(endpoint)),
							RegisteredInstances.register(builder.timeLimiters, endpoint.name(),
									builder.timeLimiterConfig.apply(endpoint)),
							new EndpointCoolDowns(own, shared, new CoolDownTimer(lengths)), context));
		}
		this.cluster.start();
	}

	private static Cluster cluster(EndpointGatesBuilder builder) {
		return (builder.stateStore instanceof ClusterStateStore shared)
				? Cluster.sharing(shared, builder.cluster, builder.clock, builder.scheduler, builder.random)
				: Cluster.alone(builder.stateStore, builder.clock, builder.scheduler);
	}

	/**
	 * Starts a set of gates.
	 * @return a builder
	 */
	public static EndpointGatesBuilder builder() {
		return new EndpointGatesBuilder();
	}

	/**
	 * The configuration of a breaker with the given settings, which other properties may
	 * override: window and failure rate, length of openings, number of probes. It decides
	 * by at least 10 calls, or the window if that is smaller, and never because of
	 * slowness. Our code decides about transitions, the half-open state and exceptions,
	 * so such settings are removed from the properties that override it.
	 * @param settings the endpoint's settings
	 * @return the configuration
	 */
	public static CircuitBreakerConfig circuitBreakerConfig(BreakerSettings settings) {
		return RegisteredInstances.config(settings);
	}

	/**
	 * How long a breaker is open: a sixth of its outage's age, within two bounds.
	 * @param first the first opening; three quarters of it are the lower bound of others
	 * @param longest the upper bound
	 * @return a function for Resilience4j, which tells it the first
	 */
	public static IntervalFunction openings(Duration first, Duration longest) {
		return RegisteredInstances.spacing(first, longest);
	}

	/**
	 * The configuration of an endpoint's time limiter, which other properties may
	 * override: its total limit.
	 * @param endpoint the endpoint
	 * @return the configuration
	 */
	public static TimeLimiterConfig timeLimiterConfig(Endpoint endpoint) {
		return RegisteredInstances.config(endpoint.limits().total());
	}

	/**
	 * The gate before an endpoint.
	 * @param endpoint one of the endpoints these gates were built for
	 * @return its gate, always the same one
	 * @throws IllegalArgumentException if the endpoint is not one of them
	 */
	public EndpointGate gate(Endpoint endpoint) {
		return guarded(endpoint);
	}

	/**
	 * The control that operators have over an endpoint.
	 * @param endpoint one of the endpoints these gates were built for
	 * @return its control, always the same one
	 * @throws IllegalArgumentException if the endpoint is not one of them
	 */
	public OperatorControl control(Endpoint endpoint) {
		return guarded(endpoint).control();
	}

	/**
	 * Keeps an endpoint's gate apart from other instances and the state store while a
	 * failure is rehearsed, and until its effects are over: neither do they learn of
	 * openings and cool-downs, nor does the gate open because of theirs. Decisions of
	 * operators hold as always.
	 * @param endpoint one of the endpoints these gates were built for
	 * @param running whether the rehearsal still runs
	 * @return whether it may begin; it may not if the endpoint has a failure of its own
	 */
	public boolean rehearse(Endpoint endpoint, BooleanSupplier running) {
		return guarded(endpoint).rehearse(running);
	}

	/**
	 * Ends a rehearsal. If it did not open the circuit breaker, that forgets its
	 * failures.
	 * @param endpoint one of the endpoints these gates were built for
	 */
	public void rehearsed(Endpoint endpoint) {
		guarded(endpoint).rehearsed();
	}

	private CompositeGate guarded(Endpoint endpoint) {
		CompositeGate gate = this.gates.get(endpoint.id());
		if (gate == null) {
			throw new IllegalArgumentException(
					"endpoint: " + endpoint.id() + " (expected: one of " + this.gates.keySet() + ")");
		}
		return gate;
	}

	/**
	 * Waits for the states that the store had when these gates were built.
	 * @return completes when they are known, or when it is clear that the store does not
	 * tell them; never fails
	 */
	public Mono<Void> restored() {
		return this.cluster.restored();
	}

	/** What the gates wait with. */
	public Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * Makes a store of spending part of the state store, so that an outage of both is one
	 * outage.
	 * @param store the store, usually the state store itself
	 * @return a store that is left alone while the state store is out, and counts with it
	 */
	public SpendStore spending(SpendStore store) {
		return this.cluster.spending(store);
	}

	/** Counts of the exchange between these gates and their state store. */
	public StateStoreActivity stateStoreActivity() {
		return this.cluster.activity();
	}

	/**
	 * Stops publishing to the state store, following it, and probing in the background.
	 * The gates go on without it.
	 */
	@Override
	public void close() {
		this.gates.values().forEach(CompositeGate::close);
		this.cluster.close();
	}

}
