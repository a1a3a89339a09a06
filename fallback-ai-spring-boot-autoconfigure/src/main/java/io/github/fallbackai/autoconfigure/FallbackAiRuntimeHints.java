// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.autoconfigure.properties.ChainProperties;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.GatewayClientProperties;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ChatResponseBuilder;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.Segment;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolExecution;
import io.github.fallbackai.chat.ToolProgress;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptBuilder;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.ChainStatusBuilder;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.EndpointStatusBuilder;
import io.github.fallbackai.status.FallbackStatus;
import io.github.fallbackai.status.FallbackStatusBuilder;
import io.github.fallbackai.status.Spending;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.github.resilience4j.common.timelimiter.configuration.CommonTimeLimiterConfigurationProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * Hints for a native image: properties that are bound layer by layer instead of as a
 * bean, values that applications write as JSON, and the vocabulary of JTokkit.
 */
class FallbackAiRuntimeHints implements RuntimeHintsRegistrar {

	private static final String RESILIENCE4J = "io.github.resilience4j.common.circuitbreaker.configuration."
			+ "CommonCircuitBreakerConfigurationProperties";

	/** What only one version has is called by reflection. */
	private static final String GENERATOR = "com.github.victools.jsonschema.generator.SchemaGenerator";

	/** Spring does not follow the types of their fields, so each type is listed. */
	private static final List<Class<?>> VALUES = List.of(ChatResponse.class, ChatResponseBuilder.class, Segment.class,
			ToolCall.class, ToolExecution.class, ToolResultMessage.class, AssistantMessage.class, AssistantPart.class,
			SystemMessage.class, UserMessage.class, ImagePart.class, FilePart.class, TextPart.class,
			ReasoningPart.class, RefusalPart.class, ProviderState.class, CacheControl.class, Attempt.class,
			AttemptBuilder.class, Usage.class, Cost.class, FallbackStatus.class, FallbackStatusBuilder.class,
			ChainStatus.class, ChainStatusBuilder.class, EndpointStatus.class, EndpointStatusBuilder.class,
			Spending.class, SpendLimit.class);

	/** The state of images and files, which is not public. */
	private static final TypeReference ADDRESS = TypeReference.of("io.github.fallbackai.chat.PartAddress");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		List<Class<?>> bound = new ArrayList<>(List.of(FallbackAiProperties.class, EndpointProperties.class,
				ChainProperties.class, GatewayClientProperties.class));
		if (ClassUtils.isPresent(RESILIENCE4J, classLoader)) {
			bound.addAll(ResilienceTypes.BOUND);
		}
		BindableRuntimeHintsRegistrar.forTypes(bound).registerHints(hints);
		registerJson(hints.reflection(), VALUES);
		registerJson(hints.reflection(), List.of(ChatEvent.class.getPermittedSubclasses()));
		registerJson(hints.reflection(), List.of(ToolProgress.class.getPermittedSubclasses()));
		hints.reflection()
			.registerType(ADDRESS, MemberCategory.DECLARED_FIELDS, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
					MemberCategory.INVOKE_DECLARED_METHODS);
		hints.reflection().registerTypeIfPresent(classLoader, GENERATOR, MemberCategory.INVOKE_PUBLIC_METHODS);
		SpringAiRuntimeHints.register(hints, classLoader);
		hints.resources().registerPattern("com/knuddels/jtokkit/*.tiktoken");
	}

	private static void registerJson(ReflectionHints hints, List<Class<?>> types) {
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints, types.toArray(Class<?>[]::new));
		types.forEach((type) -> hints.registerType(type, MemberCategory.INVOKE_DECLARED_METHODS));
	}

	/**
	 * Loaded only if Resilience4j's support for Spring Boot is present.
	 */
	private static final class ResilienceTypes {

		static final List<Class<?>> BOUND = List.of(CommonCircuitBreakerConfigurationProperties.class,
				CommonTimeLimiterConfigurationProperties.class);

	}

}
