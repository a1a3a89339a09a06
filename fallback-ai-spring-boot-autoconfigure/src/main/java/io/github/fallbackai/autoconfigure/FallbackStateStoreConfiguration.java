// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.autoconfigure.FallbackBreakerConfiguration.EndpointGatesCustomizer;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.StateStoreProperties;
import io.github.fallbackai.autoconfigure.properties.StateStoreType;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.budget.SchedulerClock;
import io.github.fallbackai.cluster.ClusterSettings;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.state.SpendStore;
import io.github.fallbackai.state.redis.RedisStateSettings;
import io.github.fallbackai.state.redis.RedisStateStore;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/**
 * Beans that keep the state of endpoints and share it between instances.
 */
@Configuration(proxyBeanMethods = false)
@Import(FallbackInstanceConfiguration.class)
class FallbackStateStoreConfiguration {

	private static final String PREFIX = FallbackAiProperties.PREFIX + ".state-store";

	private static final String TYPE = PREFIX + ".type";

	private static final String CONNECTION_FACTORY = "org.springframework.data.redis.connection.ReactiveRedisConnectionFactory";

	private static final String CURE = "Add the dependency org.springframework.boot:spring-boot-starter-data-redis-reactive,"
			+ " or set " + TYPE + " to memory.";

	@Bean
	@ConditionalOnMissingBean(name = "stateStoreCluster")
	EndpointGatesCustomizer stateStoreCluster(FallbackAiProperties properties, InstanceId instanceId) {
		StateStoreProperties store = properties.getStateStore();
		ClusterSettings cluster = Check
			.value(() -> new ClusterSettings(instanceId.name(), store.getQuorum(), store.getSyncInterval()));
		return (gates) -> gates.cluster(cluster);
	}

	/** The budgets of endpoints, shared if the store can do that. */
	@Bean
	@ConditionalOnMissingBean
	EndpointBudgets fallbackAiEndpointBudgets(FallbackSetup configured, BreakerStateStore stateStore,
			EndpointGates gates, FallbackAiProperties properties, CallTime time) {
		SpendStore spendStore = (stateStore instanceof SpendStore shared) ? gates.spending(shared) : null;
		return new EndpointBudgets(configured.onlyEndpoints(), new SchedulerClock(time.scheduler()), spendStore,
				properties.getStateStore().getSyncInterval(), time.scheduler());
	}

	/** What the application's keys in Redis begin with. */
	static String keyPrefix(StateStoreProperties store, Environment environment) {
		String prefix = store.getKeyPrefix();
		return (prefix != null) ? prefix
				: "fallback-ai:" + environment.getProperty("spring.application.name", "application");
	}

	/**
	 * The application can use Redis.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = CONNECTION_FACTORY)
	static class WithRedis {

		@Bean
		@ConditionalOnMissingBean
		BreakerStateStore fallbackAiStateStore(ObjectProvider<ReactiveRedisConnectionFactory> connections,
				FallbackAiProperties properties, Environment environment, CallTime time) {
			StateStoreProperties store = properties.getStateStore();
			ReactiveRedisConnectionFactory factory = (store.getType() != StateStoreType.MEMORY)
					? connections.getIfUnique() : null;
			if (factory != null) {
				return new RedisStateStore(factory, Check
					.value(() -> new RedisStateSettings(keyPrefix(store, environment), store.getCommandTimeout())));
			}
			if (store.getType() == StateStoreType.REDIS) {
				throw new InvalidFallbackConfigurationException(TYPE,
						"redis, but there is no single ReactiveRedisConnectionFactory",
						CURE + " If the application has several connection factories, mark one as primary.");
			}
			return new InMemoryStateStore(time.nanoClock());
		}

		@Bean
		@ConditionalOnMissingBean
		StateStoreShutdown fallbackAiStateStoreShutdown(ConfigurableApplicationContext context) {
			return new StateStoreShutdown(context);
		}

	}

	/**
	 * There is no Redis on the class path.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass(CONNECTION_FACTORY)
	static class WithoutRedis {

		@Bean
		@ConditionalOnMissingBean
		BreakerStateStore fallbackAiStateStore(FallbackAiProperties properties, Environment environment,
				CallTime time) {
			String problem = problem(properties.getStateStore().getType(), environment);
			if (problem != null) {
				throw new InvalidFallbackConfigurationException(TYPE, problem, CURE);
			}
			return new InMemoryStateStore(time.nanoClock());
		}

		private static @Nullable String problem(StateStoreType type, Environment environment) {
			if (type == StateStoreType.REDIS) {
				return "redis, but Spring Data Redis is not on the class path";
			}
			boolean configured = type == StateStoreType.AUTO && Binder.get(environment)
				.bind("spring.data.redis", Bindable.mapOf(String.class, Object.class))
				.isBound();
			return configured
					? "auto, and spring.data.redis is configured, but Spring Data Redis is not on the class" + " path"
					: null;
		}

	}

}
