// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.boot4;

import java.util.Map;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.test.ProviderSimulator;
import io.lettuce.core.resource.ClientResources;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances that share their state in Redis.
 */
@Tag("slow")
class SharedStateTests {

	@Test
	void instancesShareOperatorsDecisionsThroughRedis() {
		try (RedisProcess redis = new RedisProcess();
				ProviderSimulator primary = ProviderSimulator.forEndpoint("primary");
				ProviderSimulator backup = ProviderSimulator.forEndpoint("backup");
				ConfigurableApplicationContext one = start(redis, primary, backup);
				ConfigurableApplicationContext other = start(redis, primary, backup)) {
			AiFallbackTemplate template = other.getBean(AiFallbackTemplate.class);
			assertThat(template.chat("Hello").block().endpoint()).isEqualTo("primary");
			one.getBean(EndpointControl.class).disable("primary", null, "maintenance").block();
			Awaitility.await()
				.until(() -> template.status().defaultChain().endpoints().get(0), (status) -> !status.available());
			assertThat(template.chat("Hello").block().endpoint()).isEqualTo("backup");
			assertThat(other.getBean("fallbackAiHealthIndicator", HealthIndicator.class).health().getDetails())
				.containsEntry("stateStore", Map.of("type", "redis", "reachable", true))
				.containsEntry("activeEndpoint", "backup");
			assertThat(other.getBean(ClientResources.class).reconnectDelay().createDelay(1000).toMillis())
				.isLessThanOrEqualTo(1000);
		}
	}

	private static ConfigurableApplicationContext start(RedisProcess redis, ProviderSimulator... endpoints) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
					"fallback.ai.endpoints[1].name=backup", "fallback.ai.endpoints[1].model=small",
					"spring.data.redis.port=" + redis.port(), "spring.application.name=shared");
		for (ProviderSimulator endpoint : endpoints) {
			application.properties(endpoint.properties());
		}
		return application.run();
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
