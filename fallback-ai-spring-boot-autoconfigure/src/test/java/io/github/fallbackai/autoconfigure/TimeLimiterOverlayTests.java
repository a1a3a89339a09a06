// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.resilience4j.common.timelimiter.configuration.CommonTimeLimiterConfigurationProperties;
import io.github.resilience4j.common.timelimiter.configuration.TimeLimiterConfigCustomizer;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;

import static org.assertj.core.api.Assertions.assertThat;

class TimeLimiterOverlayTests {

	private static final Endpoint ENDPOINT = Endpoint.named("primary")
		.model("large")
		.url(URI.create("http://localhost:1"))
		.build();

	@Test
	void nothingSetLeavesTheTotalLimit() {
		assertThat(overlay(List.of()).getTimeoutDuration()).isEqualTo(Duration.ofMinutes(10));
	}

	@Test
	void whatIsSetIsTakenOver() {
		TimeLimiterConfig config = overlay(List.of(), "instances.primary.timeout-duration=7s",
				"instances.primary.cancel-running-future=false");
		assertThat(config.getTimeoutDuration()).isEqualTo(Duration.ofSeconds(7));
		assertThat(config.shouldCancelRunningFuture()).isFalse();
	}

	@Test
	void theDefaultsOfOtherTimeLimitersAreNotOurs() {
		assertThat(overlay(List.of(), "configs.default.timeout-duration=1s",
				"instances.primary.cancel-running-future=false")
			.getTimeoutDuration()).isEqualTo(Duration.ofMinutes(10));
	}

	@Test
	void aBaseConfigAndCustomizersAreTakenOver() {
		TimeLimiterConfig config = overlay(
				List.of(TimeLimiterConfigCustomizer.of("primary", (builder) -> builder.cancelRunningFuture(false))),
				"configs.shared.timeout-duration=8s", "instances.primary.base-config=shared");
		assertThat(config.getTimeoutDuration()).isEqualTo(Duration.ofSeconds(8));
		assertThat(config.shouldCancelRunningFuture()).isFalse();
	}

	private static TimeLimiterConfig overlay(List<TimeLimiterConfigCustomizer> customizers, String... properties) {
		String[] prefixed = new String[properties.length];
		for (int i = 0; i < properties.length; i++) {
			prefixed[i] = TimeLimiterOverlay.PREFIX + "." + properties[i];
		}
		CommonTimeLimiterConfigurationProperties bound = Binder.get(ConfigurationFixture.file(prefixed).environment())
			.bindOrCreate(TimeLimiterOverlay.PREFIX, CommonTimeLimiterConfigurationProperties.class);
		return new TimeLimiterOverlay(bound, customizers).apply(ENDPOINT);
	}

}
