// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.GatewayResponsesProperties;
import io.github.fallbackai.gateway.responses.InstanceMemory;
import io.github.fallbackai.gateway.responses.ResponseMemory;
import io.github.fallbackai.gateway.responses.ResponseStore;
import io.github.fallbackai.gateway.responses.ResponseStoreType;
import io.github.fallbackai.gateway.responses.ResponsesSettings;
import io.github.fallbackai.gateway.responses.SharedMemory;
import io.github.fallbackai.state.redis.DocumentLimits;
import io.github.fallbackai.state.redis.RedisDocuments;
import io.github.fallbackai.state.redis.RedisStateSettings;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/**
 * Where the gateway keeps responses.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class FallbackResponsesConfiguration {

	private static final String STORE = FallbackAiGatewayAutoConfiguration.PREFIX + ".responses.store";

	@Bean
	@ConditionalOnMissingBean({ ResponseMemory.class, ResponseStore.class })
	ResponseMemory fallbackAiGatewayMemory(FallbackAiProperties properties, Environment environment) {
		ResponsesSettings settings = new GatewayConfiguration(properties.getGateway(), environment).settings()
			.responses();
		ResponseStoreType type = properties.getGateway().getResponses().getStore();
		if (type == ResponseStoreType.REDIS) {
			throw noRedis();
		}
		return InstanceMemory.of((type == ResponseStoreType.NONE) ? settings.withMaxStored(0) : settings);
	}

	/** Any store that instances share, also one of the application's own. */
	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(ResponseStore.class)
	ResponseMemory fallbackAiGatewaySharedMemory(ResponseStore store, FallbackAiProperties properties) {
		return new SharedMemory(store, properties.getGateway().getResponses().getStoreTimeout());
	}

	private static InvalidFallbackConfigurationException noRedis() {
		return new InvalidFallbackConfigurationException(STORE,
				"redis, but there is no single ReactiveRedisConnectionFactory",
				"Add the dependency org.springframework.boot:spring-boot-starter-data-redis-reactive, or set " + STORE
						+ " to memory or none. If the application has several connection factories, mark one as primary.");
	}

	/**
	 * The application wants Redis, and can use it.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.data.redis.connection.ReactiveRedisConnectionFactory")
	@ConditionalOnProperty(name = FallbackAiGatewayAutoConfiguration.PREFIX + ".responses.store", havingValue = "redis")
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class WithRedis {

		@Bean
		@ConditionalOnMissingBean
		RedisDocuments fallbackAiGatewayDocuments(ObjectProvider<ReactiveRedisConnectionFactory> connections,
				FallbackAiProperties properties, Environment environment) {
			ReactiveRedisConnectionFactory factory = connections.getIfUnique();
			if (factory == null) {
				throw noRedis();
			}
			GatewayResponsesProperties responses = properties.getGateway().getResponses();
			ResponsesSettings settings = new GatewayConfiguration(properties.getGateway(), environment).settings()
				.responses();
			String prefix = FallbackStateStoreConfiguration.keyPrefix(properties.getStateStore(), environment);
			return new RedisDocuments(factory,
					Check.value(() -> new RedisStateSettings(prefix, responses.getStoreTimeout())),
					new DocumentLimits(settings.maxStored(), settings.maxStoredSize(), settings.storedFor()));
		}

		@Bean
		@ConditionalOnMissingBean
		ResponseStore fallbackAiGatewayResponseStore(RedisDocuments documents) {
			return new ResponseStore() {

				@Override
				public Mono<Void> put(String owner, String id, String text) {
					return documents.put(owner, id, text);
				}

				@Override
				public Mono<String> get(String owner, String id) {
					return documents.get(owner, id);
				}

				@Override
				public Mono<String> remove(String owner, String id) {
					return documents.remove(owner, id);
				}

			};
		}

	}

}
