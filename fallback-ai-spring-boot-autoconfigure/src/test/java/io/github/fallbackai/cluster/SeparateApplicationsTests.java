// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.Version;
import io.github.fallbackai.state.redis.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that use one Redis and set nothing but where it is.
 */
@Tag("slow")
class SeparateApplicationsTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final EndpointId PRIMARY = new EndpointId("primary", "0123456789abcdef");

	private final RedisProcess redis = new RedisProcess();

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@Test
	void doNotSeeOneAnotherIfTheirNamesDiffer() {
		EndpointState open = new EndpointState(PRIMARY, new Version(1, 1),
				new BreakerVerdict(true, 1, Duration.ofMinutes(1)), null, "one");
		application("orders").run((orders) -> {
			store(orders).publish(open).block(PATIENCE);
			application("invoices")
				.run((invoices) -> assertThat(store(invoices).load(PRIMARY).blockOptional(PATIENCE)).isEmpty());
			application("orders")
				.run((other) -> assertThat(store(other).load(PRIMARY).blockOptional(PATIENCE)).isPresent());
		});
	}

	private ApplicationContextRunner application(String name) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class, RedisAutoConfiguration.class))
			.withPropertyValues("spring.application.name=" + name, "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + this.redis.port(), "fallback.ai.state-store.command-timeout=30s",
					"fallback.ai.endpoints[0].model=large");
	}

	private static BreakerStateStore store(ApplicationContext application) {
		return application.getBean(BreakerStateStore.class);
	}

}
