// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.github.fallbackai.cluster.ClusterSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.policy.CoolDownSettings;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Collects what {@link EndpointGates} are made of. Everything but the endpoints has a
 * default. Not safe for use by several threads.
 */
public final class EndpointGatesBuilder {

	final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

	CircuitBreakerRegistry circuitBreakers = CircuitBreakerRegistry.ofDefaults();

	TimeLimiterRegistry timeLimiters = TimeLimiterRegistry.ofDefaults();

	Function<Endpoint, CircuitBreakerConfig> circuitBreakerConfig = (endpoint) -> EndpointGates
		.circuitBreakerConfig(endpoint.breaker());

	Function<Endpoint, TimeLimiterConfig> timeLimiterConfig = EndpointGates::timeLimiterConfig;

	CoolDownSettings coolDown = CoolDownSettings.DEFAULTS;

	CallListener listener = (event) -> {
	};

	BreakerStateStore stateStore = new InMemoryStateStore();

	ClusterSettings cluster = ClusterSettings.defaults();

	Scheduler scheduler = Schedulers.parallel();

	LongSupplier clock = System::nanoTime;

	DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

	EndpointGatesBuilder() {
	}

	/**
	 * Adds endpoints; one that several chains use may come several times.
	 * @param endpoints the endpoints
	 * @return this builder
	 * @throws IllegalArgumentException if two different endpoints have the same name
	 */
	public EndpointGatesBuilder endpoints(Iterable<Endpoint> endpoints) {
		for (Endpoint endpoint : endpoints) {
			Endpoint other = this.endpoints.putIfAbsent(endpoint.name(), endpoint);
			if (other != null && !other.id().equals(endpoint.id())) {
				throw new IllegalArgumentException(
						"endpoint: two are named '" + endpoint.name() + "' (expected: unique names)");
			}
		}
		return this;
	}

	/** Adds endpoints; see {@link #endpoints(Iterable)}. */
	public EndpointGatesBuilder endpoints(Endpoint... endpoints) {
		return endpoints(List.of(endpoints));
	}

	/** Where the circuit breakers are registered; a registry of our own unless set. */
	public EndpointGatesBuilder circuitBreakers(CircuitBreakerRegistry circuitBreakers) {
		this.circuitBreakers = circuitBreakers;
		return this;
	}

	/** Where the time limiters are registered; a registry of our own unless set. */
	public EndpointGatesBuilder timeLimiters(TimeLimiterRegistry timeLimiters) {
		this.timeLimiters = timeLimiters;
		return this;
	}

	/**
	 * The configuration of each breaker; {@link EndpointGates#circuitBreakerConfig}
	 * unless set.
	 */
	public EndpointGatesBuilder circuitBreakerConfig(Function<Endpoint, CircuitBreakerConfig> circuitBreakerConfig) {
		this.circuitBreakerConfig = circuitBreakerConfig;
		return this;
	}

	/**
	 * The configuration of each time limiter; {@link EndpointGates#timeLimiterConfig}
	 * unless set.
	 */
	public EndpointGatesBuilder timeLimiterConfig(Function<Endpoint, TimeLimiterConfig> timeLimiterConfig) {
		this.timeLimiterConfig = timeLimiterConfig;
		return this;
	}

	/** How long endpoints cool down; {@link CoolDownSettings#DEFAULTS} unless set. */
	public EndpointGatesBuilder coolDown(CoolDownSettings coolDown) {
		this.coolDown = coolDown;
		return this;
	}

	/**
	 * The listener that is told of openings, closings and cool-downs; none unless set.
	 */
	public EndpointGatesBuilder listener(CallListener listener) {
		this.listener = listener;
		return this;
	}

	/** Where states are kept and spread; a store of our own in memory unless set. */
	public EndpointGatesBuilder stateStore(BreakerStateStore stateStore) {
		this.stateStore = stateStore;
		return this;
	}

	/**
	 * How to work together with other instances, if the state store is one for several;
	 * {@link ClusterSettings#defaults()} unless set.
	 */
	public EndpointGatesBuilder cluster(ClusterSettings cluster) {
		this.cluster = cluster;
		return this;
	}

	/**
	 * The scheduler for comparisons with a shared store and for probes;
	 * {@link Schedulers#parallel()} unless set.
	 */
	public EndpointGatesBuilder scheduler(Scheduler scheduler) {
		this.scheduler = scheduler;
		return this;
	}

	/**
	 * Monotonic time in nanoseconds from any origin; {@link System#nanoTime()} unless
	 * set.
	 */
	public EndpointGatesBuilder clock(LongSupplier nanoClock) {
		this.clock = nanoClock;
		return this;
	}

	/**
	 * Random numbers from 0 inclusive to 1 exclusive for jitter; safe for use by several
	 * threads.
	 */
	public EndpointGatesBuilder random(DoubleSupplier random) {
		this.random = random;
		return this;
	}

	/** Registers each endpoint's breaker and time limiter and builds the gates. */
	public EndpointGates build() {
		return new EndpointGates(this);
	}

}
