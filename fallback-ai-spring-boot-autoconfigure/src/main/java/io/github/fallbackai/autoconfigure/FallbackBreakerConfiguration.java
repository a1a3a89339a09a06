// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;

import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.EndpointGatesBuilder;
import io.github.fallbackai.event.CallListeners;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.github.resilience4j.common.timelimiter.configuration.CommonTimeLimiterConfigurationProperties;
import io.github.resilience4j.common.timelimiter.configuration.TimeLimiterConfigCustomizer;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Beans that decide which endpoints may be tried: breakers and cool-downs.
 */
@Configuration(proxyBeanMethods = false)
class FallbackBreakerConfiguration {

	private static final Duration LONGEST_RESTORING = Duration.ofSeconds(5);

	@Bean
	@ConditionalOnMissingBean
	EndpointGates fallbackAiEndpointGates(FallbackSetup configured, FallbackAiProperties properties,
			BreakerStateStore stateStore, FallbackListeners listeners, CallTime time,
			ObjectProvider<EndpointGatesCustomizer> customizers) {
		EndpointGatesBuilder gates = EndpointGates.builder()
			.endpoints(configured.onlyEndpoints())
			.coolDown(CoolDownFactory.create(properties.getCoolDown()))
			.stateStore(stateStore)
			.scheduler(time.scheduler())
			.clock(time.nanoClock())
			.listener(new CallListeners(listeners.all()));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(gates));
		return restored(gates.build());
	}

	/**
	 * Waits for the store's state, so that the first call knows what the last instance
	 * knew. A store that does not answer delays the start only for a short time. A later
	 * answer still counts.
	 */
	private static EndpointGates restored(EndpointGates gates) {
		if (!Schedulers.isInNonBlockingThread()) {
			gates.restored().timeout(LONGEST_RESTORING, Mono.empty()).block();
		}
		return gates;
	}

	@Bean
	@ConditionalOnMissingBean(name = "resilienceRegistries")
	EndpointGatesCustomizer resilienceRegistries(ObjectProvider<CircuitBreakerRegistry> circuitBreakers,
			ObjectProvider<TimeLimiterRegistry> timeLimiters) {
		return (gates) -> {
			circuitBreakers.ifUnique(gates::circuitBreakers);
			timeLimiters.ifUnique(gates::timeLimiters);
		};
	}

	/**
	 * Prepares the gates before they are built.
	 */
	@FunctionalInterface
	interface EndpointGatesCustomizer {

		void customize(EndpointGatesBuilder gates);

	}

	/**
	 * Takes in Resilience4j's own properties.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CommonCircuitBreakerConfigurationProperties.class)
	static class ResilienceProperties {

		@Bean
		@ConditionalOnMissingBean(name = "resilienceInstanceProperties")
		EndpointGatesCustomizer resilienceInstanceProperties(Environment environment,
				ObjectProvider<CircuitBreakerConfigCustomizer> circuitBreakers,
				ObjectProvider<TimeLimiterConfigCustomizer> timeLimiters) {
			Binder binder = Binder.get(environment);
			// Bound again here, because Resilience4j fills its own objects with its
			// defaults.
			CommonCircuitBreakerConfigurationProperties breakers = binder.bindOrCreate(CircuitBreakerOverlay.PREFIX,
					Bindable.of(CommonCircuitBreakerConfigurationProperties.class));
			CommonTimeLimiterConfigurationProperties limiters = binder.bindOrCreate(TimeLimiterOverlay.PREFIX,
					Bindable.of(CommonTimeLimiterConfigurationProperties.class));
			return (gates) -> gates
				.circuitBreakerConfig(new CircuitBreakerOverlay(breakers, circuitBreakers.orderedStream().toList()))
				.timeLimiterConfig(new TimeLimiterOverlay(limiters, timeLimiters.orderedStream().toList()));
		}

	}

}
