package io.github.fallbackai.autoconfigure.endpoint;

import java.time.Duration;

import io.github.fallbackai.autoconfigure.properties.BreakerProperties;
import io.github.fallbackai.endpoint.BreakerSettings;

/**
 * The circuit breaker settings of an endpoint, checked.
 */
final class EndpointBreakerSettings {

	private EndpointBreakerSettings() {
	}

	static BreakerSettings of(LayeredEndpointProperties source) {
		BreakerProperties breaker = source.properties().getCircuitBreaker();
		int failureThreshold = source.positive("circuit-breaker.failure-threshold", breaker.getFailureThreshold());
		int window = calls(source, "circuit-breaker.window", breaker.getWindow());
		int halfOpenCalls = calls(source, "circuit-breaker.half-open-calls", breaker.getHalfOpenCalls());
		Duration recovery = source.positive("circuit-breaker.recovery-timeout", breaker.getRecoveryTimeout());
		return new BreakerSettings(failureThreshold, failureRate(source, breaker), window, recovery,
				maxRecovery(source, breaker, recovery), halfOpenCalls);
	}

	private static int calls(LayeredEndpointProperties source, String suffix, int value) {
		if (value > BreakerSettings.MOST_CALLS) {
			throw source.invalid(suffix, value + " (expected: <= " + BreakerSettings.MOST_CALLS + ")",
					"Set it to a number of calls such as 20; memory is needed for each.");
		}
		return source.positive(suffix, value);
	}

	private static float failureRate(LayeredEndpointProperties source, BreakerProperties breaker) {
		float rate = breaker.getFailureRate();
		if (!(rate > 0 && rate <= 100)) {
			throw source.invalid("circuit-breaker.failure-rate", rate + " (expected: > 0 and <= 100)",
					"Set it to a percentage above 0, for example 50.");
		}
		return rate;
	}

	private static Duration maxRecovery(LayeredEndpointProperties source, BreakerProperties breaker,
			Duration recovery) {
		Duration max = breaker.getMaxRecoveryTimeout();
		if (max == null) {
			Duration standard = BreakerSettings.DEFAULTS.maxRecoveryTimeout();
			return (standard.compareTo(recovery) < 0) ? recovery : standard;
		}
		source.positive("circuit-breaker.max-recovery-timeout", max);
		if (max.compareTo(recovery) < 0) {
			throw source.invalid("circuit-breaker.max-recovery-timeout",
					max + " (expected: >= " + recovery + ", the recovery-timeout)",
					"Make it at least as long as the recovery-timeout, or remove it.");
		}
		return max;
	}

}
