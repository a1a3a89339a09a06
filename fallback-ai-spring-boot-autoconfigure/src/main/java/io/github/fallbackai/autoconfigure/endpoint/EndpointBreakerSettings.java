// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.time.Duration;

import io.github.fallbackai.autoconfigure.properties.BreakerProperties;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.ProbeSettings;

/**
 * The circuit breaker settings of an endpoint, checked.
 */
final class EndpointBreakerSettings {

	private EndpointBreakerSettings() {
	}

	static BreakerSettings of(LayeredEndpointProperties source) {
		BreakerProperties breaker = source.properties().getCircuitBreaker();
		return source.value(() -> BreakerSettings.builder()
			.failureThreshold(breaker.getFailureThreshold())
			.failureRate(breaker.getFailureRate())
			.window(breaker.getWindow())
			.recoveryTimeout(breaker.getRecoveryTimeout())
			.maxRecoveryTimeout(maxRecovery(breaker))
			.halfOpenCalls(breaker.getHalfOpenCalls())
			.probe(new ProbeSettings(breaker.getProbe().getMode(), breaker.getProbe().getPatience()))
			.build());
	}

	private static Duration maxRecovery(BreakerProperties breaker) {
		Duration max = breaker.getMaxRecoveryTimeout();
		if (max != null) {
			return max;
		}
		Duration standard = BreakerSettings.DEFAULTS.maxRecoveryTimeout();
		Duration recovery = breaker.getRecoveryTimeout();
		return (standard.compareTo(recovery) < 0) ? recovery : standard;
	}

}
