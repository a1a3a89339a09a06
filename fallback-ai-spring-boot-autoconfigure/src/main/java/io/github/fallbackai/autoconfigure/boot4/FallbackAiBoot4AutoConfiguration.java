// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.boot4;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import io.github.fallbackai.autoconfigure.LettuceReconnection;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.endpoint.Bounds;
import io.github.fallbackai.state.BreakerStateStore;
import io.lettuce.core.resource.Delay;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * What needs types that only Spring Boot 4 has. The build compiles it against single jars
 * of Spring Boot 4, which tests with Spring Boot 3.5 do not see.
 */
@AutoConfiguration(after = FallbackAiAutoConfiguration.class)
@ConditionalOnProperty(prefix = FallbackAiProperties.PREFIX, name = "enabled", matchIfMissing = true)
public class FallbackAiBoot4AutoConfiguration {

	/**
	 * Shows the active endpoint.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	@ConditionalOnBean(AiFallbackOperations.class)
	@EnableConfigurationProperties(FallbackAiProperties.class)
	static class HealthConfiguration {

		@Bean
		@ConditionalOnEnabledHealthIndicator("fallbackAi")
		@ConditionalOnMissingBean(name = "fallbackAiHealthIndicator")
		AiFallbackHealthIndicator fallbackAiHealthIndicator(AiFallbackOperations operations,
				ObjectProvider<BreakerStateStore> stateStore, ObjectProvider<Drills> drills,
				FallbackAiProperties properties) {
			String status = Check.value(
					() -> Bounds.notBlank("health.unavailable-status", properties.getHealth().getUnavailableStatus()));
			return new AiFallbackHealthIndicator(operations, stateStore.getIfUnique(), drills.getIfAvailable(),
					new Status(status));
		}

	}

	/**
	 * The application uses Lettuce, as Spring Boot sets it up.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ClientResourcesBuilderCustomizer.class, Delay.class })
	@ConditionalOnBean(FallbackSetup.class)
	static class LettuceConfiguration {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		@ConditionalOnMissingBean(name = "fallbackAiLettuceReconnectDelay")
		ClientResourcesBuilderCustomizer fallbackAiLettuceReconnectDelay(FallbackAiProperties properties) {
			return (resources) -> LettuceReconnection.customize(resources, properties);
		}

	}

}
