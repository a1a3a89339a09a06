// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.List;
import java.util.function.Function;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.resilience4j.common.timelimiter.configuration.CommonTimeLimiterConfigurationProperties;
import io.github.resilience4j.common.timelimiter.configuration.CommonTimeLimiterConfigurationProperties.InstanceProperties;
import io.github.resilience4j.common.timelimiter.configuration.TimeLimiterConfigCustomizer;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;

/**
 * Lays what the application set below {@code resilience4j.timelimiter.instances} for an
 * endpoint's name over our configuration of its time limiter.
 */
final class TimeLimiterOverlay implements Function<Endpoint, TimeLimiterConfig> {

	static final String PREFIX = "resilience4j.timelimiter";

	private final CommonTimeLimiterConfigurationProperties properties;

	private final List<TimeLimiterConfigCustomizer> customizers;

	TimeLimiterOverlay(CommonTimeLimiterConfigurationProperties properties,
			List<TimeLimiterConfigCustomizer> customizers) {
		this.properties = properties;
		this.customizers = customizers;
	}

	@Override
	public TimeLimiterConfig apply(Endpoint endpoint) {
		TimeLimiterConfig.Builder config = TimeLimiterConfig.from(EndpointGates.timeLimiterConfig(endpoint));
		ResilienceInstances
			.layers(endpoint.name(), this.properties.getInstances(), this.properties.getConfigs(),
					InstanceProperties::getBaseConfig)
			.forEach((layer) -> apply(layer, config));
		this.customizers.stream()
			.filter((customizer) -> customizer.name().equals(endpoint.name()))
			.forEach((customizer) -> customizer.customize(config));
		return config.build();
	}

	private static void apply(InstanceProperties layer, TimeLimiterConfig.Builder config) {
		if (layer.getTimeoutDuration() != null) {
			config.timeoutDuration(layer.getTimeoutDuration());
		}
		if (layer.getCancelRunningFuture() != null) {
			config.cancelRunningFuture(layer.getCancelRunningFuture());
		}
	}

}
