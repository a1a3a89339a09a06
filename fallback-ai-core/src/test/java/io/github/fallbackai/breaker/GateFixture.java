// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Gates with a stepped clock, no jitter and a record of events. */
public final class GateFixture {

	public static final Duration SECOND = Duration.ofSeconds(1);

	/** Openings of 30 s that grow to 5 min. */
	public static final BreakerSettings SETTINGS = BreakerSettings.builder()
		.recoveryTimeout(Duration.ofSeconds(30))
		.maxRecoveryTimeout(Duration.ofMinutes(5))
		.build();

	public final AtomicLong clock;

	public final VirtualTimeScheduler scheduler;

	public final List<FailoverEvent> events = new CopyOnWriteArrayList<>();

	public final CircuitBreakerRegistry circuitBreakers = CircuitBreakerRegistry.ofDefaults();

	public final TimeLimiterRegistry timeLimiters = TimeLimiterRegistry.ofDefaults();

	public GateFixture() {
		// A clock that overflows half-way through a test finds comparisons that a clock
		// from zero does not.
		this.clock = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(20).toNanos());
		this.scheduler = VirtualTimeScheduler.create();
	}

	/** Another instance at the same time. */
	public GateFixture(GateFixture other) {
		this.clock = other.clock;
		this.scheduler = other.scheduler;
	}

	public EndpointGatesBuilder builder(Endpoint... endpoints) {
		return EndpointGates.builder()
			.endpoints(endpoints)
			.circuitBreakers(this.circuitBreakers)
			.timeLimiters(this.timeLimiters)
			.listener(this.events::add)
			.clock(this.clock::get)
			.scheduler(this.scheduler)
			.random(() -> 0);
	}

	public EndpointGate gate(Endpoint endpoint) {
		return builder(endpoint).build().gate(endpoint);
	}

	public CircuitBreaker breaker(String name) {
		return this.circuitBreakers.find(name).orElseThrow();
	}

	/** Lets time pass, and what is due meanwhile happen. */
	public void pass(Duration time) {
		for (Duration left = time; !left.isZero();) {
			Duration step = (left.compareTo(SECOND) > 0) ? SECOND : left;
			this.clock.addAndGet(step.toNanos());
			this.scheduler.advanceTimeBy(step);
			left = left.minus(step);
		}
	}

	public static Endpoint endpoint(String name) {
		return endpoint(name, SETTINGS);
	}

	public static Endpoint endpoint(String name, BreakerSettings settings) {
		return any(name).breaker(settings).build();
	}

	public static Endpoint endpoint(String name, String key) {
		return any(name).apiKey(ApiKey.of(key)).build();
	}

	public static EndpointBuilder any(String name) {
		return Endpoint.named(name)
			.url(URI.create("https://api.example.com/v1"))
			.model("model-of-" + name)
			.breaker(SETTINGS);
	}

	public static BreakerSettings halfOpenCalls(int halfOpenCalls) {
		return SETTINGS.toBuilder().halfOpenCalls(halfOpenCalls).build();
	}

	public static Failure failure(FailureKind kind) {
		return Failure.of(kind).build();
	}

	public static Failure failure(FailureKind kind, Duration retryAfter) {
		return Failure.of(kind).retryAfter(retryAfter).build();
	}

	public static Permit enter(EndpointGate gate) {
		Permit permit = gate.tryEnter();
		if (permit == null) {
			throw new AssertionError("refused: " + gate.check());
		}
		return permit;
	}

	public static void fail(EndpointGate gate, FailureKind kind) {
		enter(gate).failed(failure(kind));
	}

	public static void fail(EndpointGate gate) {
		fail(gate, FailureKind.SERVER_ERROR);
	}

	public static void succeed(EndpointGate gate) {
		enter(gate).succeeded();
	}

	/** Opens a closed breaker with as many failures in a row as the default threshold. */
	public static void open(EndpointGate gate) {
		fail(gate);
		fail(gate);
		fail(gate);
	}

}
