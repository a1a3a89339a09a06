// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitBreakerOverlayTests {

	private static final BreakerSettings SETTINGS = new BreakerSettings(3, 40, 30, Duration.ofSeconds(20),
			Duration.ofMinutes(4), 2);

	private static final Endpoint ENDPOINT = Endpoint.named("my-primary")
		.model("large")
		.url(URI.create("http://localhost:1"))
		.breaker(SETTINGS)
		.build();

	@Test
	void nothingSetLeavesOurConfiguration() {
		assertThat(overlay()).usingRecursiveComparison()
			.ignoringFieldsOfTypes(java.util.function.Function.class, java.util.function.Predicate.class)
			.ignoringFields("waitIntervalFunctionInOpenState", "timestampFunction")
			.isEqualTo(EndpointGates.circuitBreakerConfig(SETTINGS));
	}

	@Test
	void theWindowAloneChangesAndNothingWaitsForMoreCallsThanItHolds() {
		CircuitBreakerConfig config = overlay("instances.my-primary.sliding-window-size=7");
		assertThat(config.getSlidingWindowSize()).isEqualTo(7);
		assertThat(config.getMinimumNumberOfCalls()).isEqualTo(7);
		assertThat(config.getFailureRateThreshold()).isEqualTo(40);
		assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(2);
		assertThat(config.getSlidingWindowType()).isEqualTo(SlidingWindowType.COUNT_BASED);
		assertThat(config.getWaitIntervalFunctionInOpenState())
			.isEqualTo(EndpointGates.openings(Duration.ofSeconds(20), Duration.ofMinutes(4)));
	}

	@Test
	void aLargerWindowKeepsOurMinimum() {
		CircuitBreakerConfig config = overlay("instances.my-primary.sliding-window-size=50");
		assertThat(config.getSlidingWindowSize()).isEqualTo(50);
		assertThat(config.getMinimumNumberOfCalls()).isEqualTo(10);
	}

	@Test
	void everythingThatCountsIsTakenOver() {
		CircuitBreakerConfig config = overlay("instances.my-primary.failure-rate-threshold=70",
				"instances.my-primary.minimum-number-of-calls=4", "instances.my-primary.sliding-window-type=time_based",
				"instances.my-primary.sliding-window-size=3",
				"instances.my-primary.permitted-number-of-calls-in-half-open-state=5",
				"instances.my-primary.slow-call-rate-threshold=60",
				"instances.my-primary.slow-call-duration-threshold=9s",
				"instances.my-primary.initial-state=METRICS_ONLY",
				"instances.my-primary.writable-stack-trace-enabled=false");
		assertThat(config.getFailureRateThreshold()).isEqualTo(70);
		assertThat(config.getMinimumNumberOfCalls()).isEqualTo(4);
		assertThat(config.getSlidingWindowType()).isEqualTo(SlidingWindowType.TIME_BASED);
		assertThat(config.getSlidingWindowSize()).isEqualTo(3);
		assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(5);
		assertThat(config.getSlowCallRateThreshold()).isEqualTo(60);
		assertThat(config.getSlowCallDurationThreshold()).isEqualTo(Duration.ofSeconds(9));
		assertThat(config.getInitialState()).isEqualTo(State.METRICS_ONLY);
		assertThat(config.isWritableStackTraceEnabled()).isFalse();
	}

	@Test
	void aWaitOfTheirsGrowsLikeOurs() {
		assertThat(overlay("instances.my-primary.wait-duration-in-open-state=90s").getWaitIntervalFunctionInOpenState())
			.isEqualTo(EndpointGates.openings(Duration.ofSeconds(90), Duration.ofMinutes(4)));
		assertThat(openings(overlay("instances.my-primary.wait-duration-in-open-state=10m"))).containsOnly(600_000L);
	}

	@Test
	void aWaitOfTheirsMayBeFixedOrGrowDifferently() {
		assertThat(openings(overlay("instances.my-primary.wait-duration-in-open-state=1s",
				"instances.my-primary.enable-exponential-backoff=false")))
			.containsOnly(1_000L);
		assertThat(openings(overlay("instances.my-primary.exponential-backoff-multiplier=3",
				"instances.my-primary.exponential-max-wait-duration-in-open-state=100s")))
			.containsExactly(20_000L, 60_000L, 100_000L, 100_000L, 100_000L);
		assertThat(openings(overlay("instances.my-primary.wait-duration-in-open-state=10s",
				"instances.my-primary.enable-randomized-wait=true", "instances.my-primary.randomized-wait-factor=0.1")))
			.allMatch((millis) -> millis >= 9_000 && millis <= 11_000);
	}

	@Test
	void aBaseConfigLiesBetween() {
		CircuitBreakerConfig config = overlay("configs.shared.sliding-window-size=8",
				"configs.shared.failure-rate-threshold=80",
				"configs.default.permitted-number-of-calls-in-half-open-state=9",
				"instances.my-primary.base-config=shared", "instances.my-primary.failure-rate-threshold=90");
		assertThat(config.getSlidingWindowSize()).isEqualTo(8);
		assertThat(config.getFailureRateThreshold()).isEqualTo(90);
		assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(2);
	}

	@Test
	void environmentVariablesWithoutDashesMeanTheSameInstance() {
		assertThat(overlay("instances.myprimary.sliding-window-size=7").getSlidingWindowSize()).isEqualTo(7);
		assertThat(overlay("instances.other.sliding-window-size=7").getSlidingWindowSize()).isEqualTo(30);
	}

	@Test
	void customizersOfTheInstanceComeLast() {
		CircuitBreakerConfig config = overlay(
				List.of(CircuitBreakerConfigCustomizer.of("my-primary", (builder) -> builder.slidingWindowSize(11)),
						CircuitBreakerConfigCustomizer.of("other", (builder) -> builder.slidingWindowSize(12))),
				"instances.my-primary.sliding-window-size=7");
		assertThat(config.getSlidingWindowSize()).isEqualTo(11);
	}

	private static List<Long> openings(CircuitBreakerConfig config) {
		return java.util.stream.IntStream.rangeClosed(1, 5)
			.mapToObj((attempt) -> config.getWaitIntervalFunctionInOpenState().apply(attempt))
			.toList();
	}

	private static CircuitBreakerConfig overlay(String... properties) {
		return overlay(List.of(), properties);
	}

	private static CircuitBreakerConfig overlay(List<CircuitBreakerConfigCustomizer> customizers,
			String... properties) {
		String[] prefixed = new String[properties.length];
		for (int i = 0; i < properties.length; i++) {
			prefixed[i] = CircuitBreakerOverlay.PREFIX + "." + properties[i];
		}
		CommonCircuitBreakerConfigurationProperties bound = Binder
			.get(ConfigurationFixture.file(prefixed).environment())
			.bindOrCreate(CircuitBreakerOverlay.PREFIX, CommonCircuitBreakerConfigurationProperties.class);
		return new CircuitBreakerOverlay(bound, customizers).apply(ENDPOINT);
	}

}
