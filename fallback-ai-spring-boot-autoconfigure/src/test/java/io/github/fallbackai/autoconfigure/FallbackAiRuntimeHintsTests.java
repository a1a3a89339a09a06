// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.anthropic.errors.AnthropicServiceException;
import com.knuddels.jtokkit.Encodings;
import com.openai.core.http.Headers;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import io.github.fallbackai.actuate.EventJournal;
import io.github.fallbackai.autoconfigure.properties.BreakerProperties;
import io.github.fallbackai.autoconfigure.properties.ChainProperties;
import io.github.fallbackai.autoconfigure.properties.CoolDownProperties;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.HealthProperties;
import io.github.fallbackai.autoconfigure.properties.HedgeProperties;
import io.github.fallbackai.autoconfigure.properties.LimitsProperties;
import io.github.fallbackai.autoconfigure.properties.ParametersProperties;
import io.github.fallbackai.autoconfigure.properties.RetryProperties;
import io.github.fallbackai.autoconfigure.properties.StateStoreProperties;
import io.github.fallbackai.autoconfigure.properties.TimeoutProperties;
import io.github.fallbackai.autoconfigure.properties.TransportProperties;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.Segment;
import io.github.fallbackai.chat.ToolExecution;
import io.github.fallbackai.chat.ToolProgress;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import io.github.fallbackai.state.redis.RedisStateStore;
import io.github.resilience4j.common.CommonProperties;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.github.resilience4j.common.timelimiter.configuration.CommonTimeLimiterConfigurationProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.ResponseFormat;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

class FallbackAiRuntimeHintsTests {

	private static final String OURS = "io.github.fallbackai";

	private final RuntimeHints hints = new RuntimeHints();

	@BeforeEach
	void register() {
		registrars(getClass().getClassLoader())
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@Test
	void keepEveryScript() throws IOException {
		List<String> scripts = resourcesBeside(RedisStateStore.class, "*.lua");
		assertThat(scripts).hasSizeGreaterThan(4)
			.allSatisfy(
					(script) -> assertThat(RuntimeHintsPredicates.resource().forResource(script)).accepts(this.hints));
	}

	@Test
	void keepTheVocabularyOfJtokkit() throws IOException {
		assertThat(resourcesBeside(Encodings.class, "*.tiktoken")).isNotEmpty()
			.allSatisfy(
					(words) -> assertThat(RuntimeHintsPredicates.resource().forResource(words)).accepts(this.hints));
	}

	@Test
	void keepPropertiesThatAreBoundLayerByLayer() {
		List<Class<?>> bound = List.of(FallbackAiProperties.class, EndpointProperties.class, ChainProperties.class,
				TimeoutProperties.class, RetryProperties.class, BreakerProperties.class, ParametersProperties.class,
				CoolDownProperties.class, LimitsProperties.class, TransportProperties.class, HedgeProperties.class,
				StateStoreProperties.class, HealthProperties.class, CommonProperties.class,
				CommonCircuitBreakerConfigurationProperties.InstanceProperties.class,
				CommonTimeLimiterConfigurationProperties.InstanceProperties.class);
		assertThat(bound).allSatisfy((type) -> assertThat(setters(type)).isNotEmpty()
			.allSatisfy((setter) -> assertThat(RuntimeHintsPredicates.reflection().onMethod(setter).invoke())
				.accepts(this.hints)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "StatusView", "StatusView$Store", "StatusView$Chain", "StatusView$Endpoint",
			"StatusView$Controlled", "EndpointStatistics$Summary", "EndpointStatistics$Tokens",
			"EndpointStatistics$Percentiles", "FallbackAiEndpoint$Events", "EventJournal$Entry" })
	void keepTheAnswersOfTheManagementEndpoint(String name) throws ClassNotFoundException {
		assertWritable(Class.forName(EventJournal.class.getPackageName() + "." + name));
	}

	@Test
	void keepWhatApplicationsAnswerWith() {
		Set<Class<?>> values = new LinkedHashSet<>(List.of(ChatEvent.class.getPermittedSubclasses()));
		values.remove(ToolProgress.class);
		values.addAll(List.of(ToolProgress.class.getPermittedSubclasses()));
		collect(ToolExecution.class, values);
		collect(ChatResponse.class, values);
		collect(FallbackStatus.class, values);
		assertThat(values).contains(Attempt.class, Usage.class, Segment.class, EndpointStatus.class, SpendLimit.class)
			.allSatisfy(this::assertWritable);
	}

	/** The type and what it is made of. */
	private static void collect(Class<?> type, Set<Class<?>> values) {
		if (type.isSealed()) {
			Stream.of(type.getPermittedSubclasses()).forEach((permitted) -> collect(permitted, values));
			return;
		}
		if (type.isEnum() || !type.getName().startsWith(OURS) || !values.add(type)) {
			return;
		}
		for (Field field : state(type)) {
			ResolvableType declared = ResolvableType.forField(field);
			collect(declared.toClass(), values);
			collect(declared.getGeneric().toClass(), values);
		}
	}

	private static List<Field> state(Class<?> type) {
		return Stream.of(type.getDeclaredFields()).filter((field) -> !Modifier.isStatic(field.getModifiers())).toList();
	}

	/**
	 * Without these, a native image would repeat requests, and know no status of an SDK.
	 */
	@Test
	void keepWhatIsLookedForInModelsOfSpringAi() throws ReflectiveOperationException {
		assertThat(RuntimeHintsPredicates.reflection().onField(OpenAiChatModel.class.getDeclaredField("retryTemplate")))
			.accepts(this.hints);
		for (Method method : List.of(OpenAIServiceException.class.getMethod("statusCode"),
				OpenAIServiceException.class.getMethod("headers"), Headers.class.getMethod("values", String.class),
				AnthropicServiceException.class.getMethod("statusCode"))) {
			assertThat(RuntimeHintsPredicates.reflection().onMethod(method).invoke()).as("%s", method)
				.accepts(this.hints);
		}
	}

	/** Without these, a native image would send no schema. */
	@Test
	void keepTheOptionsOfOpenAi() throws ReflectiveOperationException {
		for (Method method : List.of(OpenAiChatOptions.class.getMethod("getResponseFormat"),
				OpenAiChatOptions.class.getMethod("getSeed"), ResponseFormat.class.getMethod("getType"),
				ResponseFormat.JsonSchema.class.getMethod("getSchema"),
				ChatCompletionToolChoiceOption.class.getMethod("auto"),
				ChatCompletionNamedToolChoice.class.getMethod("function"),
				ChatCompletionNamedToolChoice.Function.class.getMethod("name"))) {
			assertThat(RuntimeHintsPredicates.reflection().onMethod(method).invoke()).as("%s", method)
				.accepts(this.hints);
		}
	}

	@Test
	void doWithoutWhatIsOptional() {
		RuntimeHints bare = new RuntimeHints();
		ClassLoader without = new FilteredClassLoader("io.github.resilience4j.common", "com.knuddels");
		registrars(without).forEach((registrar) -> registrar.registerHints(bare, without));
		assertThat(RuntimeHintsPredicates.reflection().onType(EndpointProperties.class)).accepts(bare);
		assertThat(RuntimeHintsPredicates.reflection().onType(CommonCircuitBreakerConfigurationProperties.class))
			.rejects(bare);
	}

	private void assertWritable(Class<?> type) {
		if (type.isRecord()) {
			assertThat(type.getRecordComponents()).extracting(RecordComponent::getAccessor)
				.allSatisfy((accessor) -> assertThat(RuntimeHintsPredicates.reflection().onMethod(accessor).invoke())
					.as("%s", accessor)
					.accepts(this.hints));
		}
		else {
			assertThat(state(type)).isNotEmpty()
				.allSatisfy((field) -> assertThat(RuntimeHintsPredicates.reflection().onField(field)).as("%s", field)
					.accepts(this.hints));
			assertThat(type.getDeclaredConstructors()).allSatisfy(
					(constructor) -> assertThat(RuntimeHintsPredicates.reflection().onConstructor(constructor).invoke())
						.as("%s", constructor)
						.accepts(this.hints));
		}
	}

	private static List<Method> setters(Class<?> type) {
		return Stream.of(BeanUtils.getPropertyDescriptors(type))
			.map((property) -> property.getWriteMethod())
			.filter(Objects::nonNull)
			.toList();
	}

	private static List<String> resourcesBeside(Class<?> type, String pattern) throws IOException {
		String folder = type.getPackageName().replace('.', '/') + "/";
		List<String> names = new ArrayList<>();
		for (Resource resource : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:" + folder + pattern)) {
			names.add(folder + resource.getFilename());
		}
		return names;
	}

	private static List<RuntimeHintsRegistrar> registrars(ClassLoader classLoader) {
		return AotServices.factories(classLoader)
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith(OURS))
			.toList();
	}

}
