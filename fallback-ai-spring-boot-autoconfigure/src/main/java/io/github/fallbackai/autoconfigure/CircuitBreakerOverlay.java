// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties.InstanceProperties;
import io.github.resilience4j.core.IntervalFunction;
import org.jspecify.annotations.Nullable;

/**
 * Merges what the application set for an endpoint's name below
 * {@code resilience4j.circuitbreaker.instances} into our configuration of its breaker. It
 * merges only what is set. Resilience4j itself would replace the rest by its own
 * defaults. Our code decides what a failure is, so rules on exceptions and results have
 * no effect.
 */
final class CircuitBreakerOverlay implements Function<Endpoint, CircuitBreakerConfig> {

	static final String PREFIX = "resilience4j.circuitbreaker";

	private static final double DOUBLING = 2;

	private final CommonCircuitBreakerConfigurationProperties properties;

	private final List<CircuitBreakerConfigCustomizer> customizers;

	CircuitBreakerOverlay(CommonCircuitBreakerConfigurationProperties properties,
			List<CircuitBreakerConfigCustomizer> customizers) {
		this.properties = properties;
		this.customizers = customizers;
	}

	@Override
	public CircuitBreakerConfig apply(Endpoint endpoint) {
		CircuitBreakerConfig base = EndpointGates.circuitBreakerConfig(endpoint.breaker());
		CircuitBreakerConfig.Builder config = CircuitBreakerConfig.from(base);
		ResilienceInstances
			.layers(endpoint.name(), this.properties.getInstances(), this.properties.getConfigs(),
					InstanceProperties::getBaseConfig)
			.forEach((layer) -> apply(layer, config, endpoint.breaker()));
		this.customizers.stream()
			.filter((customizer) -> customizer.name().equals(endpoint.name()))
			.forEach((customizer) -> customizer.customize(config));
		return consistent(config.build());
	}

	private static void apply(InstanceProperties layer, CircuitBreakerConfig.Builder config, BreakerSettings settings) {
		ifSet(layer.getFailureRateThreshold(), config::failureRateThreshold);
		ifSet(layer.getSlidingWindowSize(), config::slidingWindowSize);
		ifSet(layer.getSlidingWindowType(), config::slidingWindowType);
		ifSet(layer.getMinimumNumberOfCalls(), config::minimumNumberOfCalls);
		ifSet(layer.getPermittedNumberOfCallsInHalfOpenState(), config::permittedNumberOfCallsInHalfOpenState);
		ifSet(layer.getSlowCallRateThreshold(), config::slowCallRateThreshold);
		ifSet(layer.getSlowCallDurationThreshold(), config::slowCallDurationThreshold);
		ifSet(layer.getWritableStackTraceEnabled(), config::writableStackTraceEnabled);
		ifSet(layer.getInitialState(), config::initialState);
		ifSet(openings(layer, settings), config::waitIntervalFunctionInOpenState);
	}

	private static @Nullable IntervalFunction openings(InstanceProperties layer, BreakerSettings settings) {
		Duration wait = layer.getWaitDurationInOpenState();
		Duration max = layer.getExponentialMaxWaitDurationInOpenState();
		Double multiplier = layer.getExponentialBackoffMultiplier();
		if (wait == null && max == null && multiplier == null) {
			return null;
		}
		Duration first = (wait != null) ? wait : settings.recoveryTimeout();
		if (Boolean.TRUE.equals(layer.getEnableRandomizedWait())) {
			Double factor = layer.getRandomizedWaitFactor();
			return (factor != null) ? IntervalFunction.ofRandomized(first, factor)
					: IntervalFunction.ofRandomized(first);
		}
		if (Boolean.FALSE.equals(layer.getEnableExponentialBackoff())) {
			return IntervalFunction.of(first);
		}
		Duration longest = (max != null) ? max : settings.maxRecoveryTimeout();
		Duration last = (longest.compareTo(first) < 0) ? first : longest;
		if (multiplier == null && !Boolean.TRUE.equals(layer.getEnableExponentialBackoff())) {
			return EndpointGates.openings(first, last);
		}
		return IntervalFunction.ofExponentialBackoff(first, (multiplier != null) ? multiplier : DOUBLING, last);
	}

	/**
	 * A window never holds more calls than its size, so the breaker must not wait for
	 * more.
	 */
	private static CircuitBreakerConfig consistent(CircuitBreakerConfig config) {
		if (config.getSlidingWindowType() != SlidingWindowType.COUNT_BASED
				|| config.getMinimumNumberOfCalls() <= config.getSlidingWindowSize()) {
			return config;
		}
		return CircuitBreakerConfig.from(config).minimumNumberOfCalls(config.getSlidingWindowSize()).build();
	}

	private static <T> void ifSet(@Nullable T value, Consumer<T> setter) {
		if (value != null) {
			setter.accept(value);
		}
	}

}
