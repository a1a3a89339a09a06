// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Clock;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.actuate.EventJournal;
import io.github.fallbackai.actuate.FallbackAiEndpoint;
import io.github.fallbackai.actuate.FallbackAiWebExtension;
import io.github.fallbackai.actuate.ForParameterAdvisor;
import io.github.fallbackai.actuate.StatisticsCallListener;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.SecretProperties;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.state.BreakerStateStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what Actuator shows of fallback-ai, and of what it must not show.
 */
@AutoConfiguration(after = FallbackAiAutoConfiguration.class)
@ConditionalOnProperty(prefix = FallbackAiProperties.PREFIX, name = "enabled", matchIfMissing = true)
public class FallbackAiActuatorAutoConfiguration {

	/**
	 * Masks keys, also while no endpoint is configured.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SanitizingFunction.class)
	static class Sanitizing {

		@Bean
		@ConditionalOnMissingBean
		KeySanitizingFunction fallbackAiKeySanitizingFunction(Environment environment) {
			return new KeySanitizingFunction(new SecretProperties(environment));
		}

	}

	/** Reading is all that is permitted unless the application says more. */
	static boolean unrestricted(Environment environment) {
		Binder properties = Binder.get(environment);
		return properties.bind("management.endpoint." + FallbackAiEndpoint.ID + ".access", Access.class)
			.orElseGet(() -> properties.bind("management.endpoints.access.default", Access.class)
				.orElse(Access.READ_ONLY)) == Access.UNRESTRICTED;
	}

	/**
	 * The management endpoint.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
	@ConditionalOnBean({ AiFallbackOperations.class, EndpointControl.class })
	@EnableConfigurationProperties(FallbackAiProperties.class)
	@Import({ FallbackInstanceConfiguration.class, FallbackDashboardConfiguration.class })
	static class ManagementConfiguration {

		@Bean
		@ConditionalOnAvailableEndpoint(FallbackAiEndpoint.class)
		@ConditionalOnMissingBean
		EventJournal fallbackAiEventJournal(InstanceId instanceId) {
			return new EventJournal(instanceId.name(), Clock.systemUTC());
		}

		@Bean
		@ConditionalOnAvailableEndpoint(FallbackAiEndpoint.class)
		@ConditionalOnMissingBean
		StatisticsCallListener fallbackAiStatisticsCallListener() {
			return new StatisticsCallListener();
		}

		@Bean
		@ConditionalOnAvailableEndpoint(FallbackAiEndpoint.class)
		@ConditionalOnMissingBean
		FallbackAiEndpoint.OptionalParts fallbackAiOptionalParts(ObjectProvider<BreakerStateStore> stateStore,
				ObjectProvider<Drills> drills) {
			return new FallbackAiEndpoint.OptionalParts(stateStore.getIfUnique(), drills.getIfAvailable());
		}

		@Bean
		@ConditionalOnAvailableEndpoint(FallbackAiEndpoint.class)
		@ConditionalOnMissingBean
		FallbackAiEndpoint fallbackAiEndpoint(AiFallbackOperations operations, EndpointControl control,
				EventJournal journal, StatisticsCallListener statistics, FallbackAiEndpoint.OptionalParts optional,
				Environment environment) {
			return new FallbackAiEndpoint(operations, control, journal, statistics, optional,
					() -> unrestricted(environment));
		}

		@Bean
		@ConditionalOnAvailableEndpoint(FallbackAiEndpoint.class)
		@ConditionalOnMissingBean
		ForParameterAdvisor fallbackAiForParameterAdvisor() {
			return new ForParameterAdvisor();
		}

		@Bean
		@ConditionalOnAvailableEndpoint(FallbackAiEndpoint.class)
		@ConditionalOnMissingBean
		FallbackAiWebExtension fallbackAiWebExtension(FallbackAiEndpoint endpoint) {
			return new FallbackAiWebExtension(endpoint);
		}

	}

}
