// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.Set;
import java.util.stream.Collectors;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.autoconfigure.chain.ChainList;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.autoconfigure.chain.LayeredChainProperties;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.budget.SharedCounts;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.gateway.ClientDirectory;
import io.github.fallbackai.gateway.GatewayRoutes;
import io.github.fallbackai.gateway.GatewaySettings;
import io.github.fallbackai.gateway.UnmatchedPaths;
import io.github.fallbackai.gateway.responses.ResponseMemory;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.ClusterStateStore;
import io.github.fallbackai.state.SpendStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Auto-configuration of the HTTP endpoint in the formats of OpenAI and Anthropic, in
 * reactive web applications that switch it on.
 */
@AutoConfiguration(after = FallbackAiAutoConfiguration.class)
@ConditionalOnProperty(prefix = FallbackAiGatewayAutoConfiguration.PREFIX, name = "enabled")
@ConditionalOnBean({ AiFallbackOperations.class, FallbackSetup.class })
@EnableConfigurationProperties(FallbackAiProperties.class)
@Import({ FallbackResponsesConfiguration.WithRedis.class, FallbackResponsesConfiguration.class })
public class FallbackAiGatewayAutoConfiguration {

	static final String PREFIX = FallbackAiProperties.PREFIX + ".gateway";

	/**
	 * The gateway itself.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class Reactive {

		@Bean
		@ConditionalOnMissingBean
		ClientDirectory fallbackAiGatewayClients(FallbackAiProperties properties, Environment environment) {
			Set<String> chains = ChainList.read(environment, properties)
				.chains()
				.stream()
				.map(LayeredChainProperties::name)
				.collect(Collectors.toUnmodifiableSet());
			return new GatewayConfiguration(properties.getGateway(), environment).clients(chains);
		}

		@Bean
		@ConditionalOnMissingBean(name = "fallbackAiGatewaySpending")
		ImmediateCallListener fallbackAiGatewaySpending(ClientDirectory clients) {
			return clients.spending();
		}

		/** Limits of clients hold for all instances that share a store. */
		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBean({ BreakerStateStore.class, EndpointGates.class })
		SharedCounts fallbackAiGatewayCounts(ClientDirectory clients, BreakerStateStore store, EndpointGates gates,
				FallbackAiProperties properties) {
			if (store instanceof ClusterStateStore && store instanceof SpendStore shared) {
				return new SharedCounts(clients.amounts(), clients.places(), gates.spending(shared),
						properties.getStateStore().getSyncInterval(), Schedulers.parallel());
			}
			return SharedCounts.none();
		}

		@Bean
		@ConditionalOnMissingBean
		GatewaySettings fallbackAiGatewaySettings(FallbackAiProperties properties, Environment environment) {
			return new GatewayConfiguration(properties.getGateway(), environment).settings();
		}

		@Bean
		@ConditionalOnMissingBean(name = "fallbackAiGatewayRoutes")
		RouterFunction<ServerResponse> fallbackAiGatewayRoutes(AiFallbackOperations operations,
				FallbackSetup configured, ClientDirectory clients, GatewaySettings settings,
				ObjectProvider<TokenEstimator> estimator, ResponseMemory memory) {
			return GatewayRoutes.of(operations, configured.defaultFirst(), clients, settings,
					estimator.getIfAvailable(() -> TokenEstimator.ROUGH), memory);
		}

		@Bean
		@ConditionalOnMissingBean
		UnmatchedPaths fallbackAiGatewayUnmatchedPaths(GatewaySettings settings) {
			return new UnmatchedPaths(settings);
		}

	}

	/**
	 * What is said where there cannot be a gateway.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(NotReactiveCondition.class)
	static class NotReactive {

		private static final Logger logger = LoggerFactory.getLogger(FallbackAiGatewayAutoConfiguration.class);

		NotReactive() {
			logger.warn(PREFIX + ".enabled is true, but there is no gateway: it needs a reactive web application "
					+ "(spring.main.web-application-type=reactive and spring-boot-starter-webflux)");
		}

	}

}
