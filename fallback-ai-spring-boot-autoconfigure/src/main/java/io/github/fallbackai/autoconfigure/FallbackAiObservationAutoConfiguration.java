// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.client.http.wire.ExchangeListener;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.observation.AttemptObservationConvention;
import io.github.fallbackai.observation.CallObservationConvention;
import io.github.fallbackai.observation.ConnectionMeters;
import io.github.fallbackai.observation.DefaultExchangeObservationConvention;
import io.github.fallbackai.observation.ExchangeObservationConvention;
import io.github.fallbackai.observation.GenAiMeterObservationHandler;
import io.github.fallbackai.observation.MeteringCallListener;
import io.github.fallbackai.observation.ObservingCallListener;
import io.github.fallbackai.observation.ObservingExchangeListener;
import io.github.fallbackai.observation.StandardMeterObservationHandler;
import io.github.fallbackai.observation.StateStoreMeters;
import io.github.fallbackai.observation.StatusMeters;
import io.github.fallbackai.state.BreakerStateStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the meters and observations of calls.
 */
@AutoConfiguration(after = FallbackAiAutoConfiguration.class,
		afterName = { "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnBean(FallbackListeners.class)
public class FallbackAiObservationAutoConfiguration {

	/**
	 * Counters and gauges.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	static class Metering {

		@Bean
		@ConditionalOnMissingBean
		MeteringCallListener fallbackAiMeteringCallListener(MeterRegistry registry) {
			return new MeteringCallListener(registry);
		}

		@Bean
		@ConditionalOnMissingBean
		GenAiMeterObservationHandler fallbackAiGenAiMeterObservationHandler(MeterRegistry registry) {
			return new GenAiMeterObservationHandler(registry);
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		@ConditionalOnMissingBean
		StandardMeterObservationHandler fallbackAiStandardMeterObservationHandler(MeterRegistry registry,
				ListableBeanFactory beans, Environment environment) {
			StandardMeters standard = new StandardMeters(beans, environment);
			return new StandardMeterObservationHandler(registry, standard.only(), standard.active());
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBean(AiFallbackOperations.class)
		StatusMeters fallbackAiStatusMeters(AiFallbackOperations operations,
				ObjectProvider<BreakerStateStore> stateStore, FallbackListeners listeners) {
			return new StatusMeters(operations, stateStore.getIfUnique(), listeners.dispatched());
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBean(PooledWire.class)
		ConnectionMeters fallbackAiConnectionMeters(PooledWire<?> wire, FallbackSetup configured) {
			return new ConnectionMeters(configured.onlyEndpoints().stream().map(Endpoint::url).toList(),
					wire::pendingAt);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBean(EndpointGates.class)
		StateStoreMeters fallbackAiStateStoreMeters(EndpointGates gates) {
			return new StateStoreMeters(gates.stateStoreActivity());
		}

	}

	/**
	 * Observations.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObservationRegistry.class)
	@ConditionalOnBean(ObservationRegistry.class)
	static class Observing {

		@Bean
		@ConditionalOnMissingBean
		ObservingCallListener fallbackAiObservingCallListener(ObservationRegistry registry,
				ObjectProvider<CallObservationConvention> callConvention,
				ObjectProvider<AttemptObservationConvention> attemptConvention) {
			return new ObservingCallListener(registry, callConvention.getIfAvailable(),
					attemptConvention.getIfAvailable());
		}

		/** The name is the one that Spring Boot gives to requests of HTTP clients. */
		@Bean
		@ConditionalOnMissingBean(ExchangeListener.class)
		ObservingExchangeListener fallbackAiObservingExchangeListener(ObservationRegistry registry,
				ObjectProvider<ExchangeObservationConvention> convention,
				@Value("${management.observations.http.client.requests.name:http.client.requests}") String name) {
			return new ObservingExchangeListener(registry, convention.getIfAvailable(),
					new DefaultExchangeObservationConvention(name));
		}

	}

}
