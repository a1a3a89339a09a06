// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.Optional;

import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;

/**
 * Puts the breakers and time limiters of endpoints into Resilience4j's registries. An
 * instance that is already there is replaced through the registry, so that metrics and
 * actuator endpoints use ours. No instance has its own tags, because a metrics registry
 * drops series whose sets of tags differ.
 */
final class RegisteredInstances {

	private static final int MINIMUM_CALLS = 10;

	/** Longer than any call, and so out of use. */
	private static final Duration NEVER_SLOW = Duration.ofDays(365);

	private RegisteredInstances() {
	}

	static CircuitBreakerConfig config(BreakerSettings settings) {
		int minimumCalls = Math.min(MINIMUM_CALLS, settings.window());
		return CircuitBreakerConfig.custom()
			.slidingWindow(settings.window(), minimumCalls, SlidingWindowType.COUNT_BASED)
			.failureRateThreshold(settings.failureRate())
			.slowCallDurationThreshold(NEVER_SLOW)
			.waitIntervalFunctionInOpenState(spacing(settings.recoveryTimeout(), settings.maxRecoveryTimeout()))
			.permittedNumberOfCallsInHalfOpenState(settings.halfOpenCalls())
			.build();
	}

	static IntervalFunction spacing(Duration shortest, Duration longest) {
		return ProbeSpacing.between(shortest, longest);
	}

	static TimeLimiterConfig config(Duration totalLimit) {
		return TimeLimiterConfig.custom().timeoutDuration(totalLimit).build();
	}

	static CircuitBreaker register(CircuitBreakerRegistry registry, String name, CircuitBreakerConfig config) {
		CircuitBreakerConfig ours = governable(config);
		Optional<CircuitBreaker> present = registry.find(name);
		if (present.isEmpty()) {
			return registry.circuitBreaker(name, ours);
		}
		CircuitBreaker breaker = CircuitBreaker.of(name, ours, registry.getTags());
		registry.replace(name, breaker);
		return breaker;
	}

	static TimeLimiter register(TimeLimiterRegistry registry, String name, TimeLimiterConfig config) {
		Optional<TimeLimiter> present = registry.find(name);
		if (present.isEmpty()) {
			return registry.timeLimiter(name, config);
		}
		TimeLimiter timeLimiter = TimeLimiter.of(name, config, registry.getTags());
		registry.replace(name, timeLimiter);
		return timeLimiter;
	}

	/**
	 * Removes from a configuration the settings that would decide instead of our code:
	 * timers of Resilience4j that change the state, and rules on exceptions, which would
	 * record a failed probe as a success or lose its place.
	 */
	private static CircuitBreakerConfig governable(CircuitBreakerConfig config) {
		return CircuitBreakerConfig.from(config)
			.automaticTransitionFromOpenToHalfOpenEnabled(false)
			.maxWaitDurationInHalfOpenState(Duration.ZERO)
			.recordException((failure) -> true)
			.ignoreException((failure) -> false)
			.ignoreExceptions()
			.build();
	}

}
