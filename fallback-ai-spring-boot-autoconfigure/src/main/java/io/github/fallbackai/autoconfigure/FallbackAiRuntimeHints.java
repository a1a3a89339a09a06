package io.github.fallbackai.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.autoconfigure.properties.ChainProperties;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.GatewayClientProperties;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.github.resilience4j.common.timelimiter.configuration.CommonTimeLimiterConfigurationProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * What a native image has to keep: properties that are bound layer by layer rather than
 * as a bean, values that applications answer with as JSON, and the vocabulary of JTokkit.
 */
class FallbackAiRuntimeHints implements RuntimeHintsRegistrar {

	private static final String RESILIENCE4J = "io.github.resilience4j.common.circuitbreaker.configuration."
			+ "CommonCircuitBreakerConfigurationProperties";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		List<Class<?>> bound = new ArrayList<>(List.of(FallbackAiProperties.class, EndpointProperties.class,
				ChainProperties.class, GatewayClientProperties.class));
		if (ClassUtils.isPresent(RESILIENCE4J, classLoader)) {
			bound.addAll(ResilienceTypes.BOUND);
		}
		BindableRuntimeHintsRegistrar.forTypes(bound).registerHints(hints);
		BindingReflectionHintsRegistrar json = new BindingReflectionHintsRegistrar();
		json.registerReflectionHints(hints.reflection(), ChatResponse.class);
		json.registerReflectionHints(hints.reflection(), ChatEvent.class.getPermittedSubclasses());
		hints.resources().registerPattern("com/knuddels/jtokkit/*.tiktoken");
	}

	/**
	 * Looked at only where Resilience4j's support for Spring Boot is there.
	 */
	private static final class ResilienceTypes {

		static final List<Class<?>> BOUND = List.of(CommonCircuitBreakerConfigurationProperties.class,
				CommonTimeLimiterConfigurationProperties.class);

	}

}
