// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.autoconfigure.boot3.FallbackAiBoot3AutoConfiguration;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.Wire;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.FailoverEvent.AttemptEnded;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.event.LoggingCallListener;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.http.codec.CodecsAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.reactive.function.client.WebClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.reactive.function.client.WebClientCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

class FallbackAiAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final AutoConfigurations OURS = AutoConfigurations.of(FallbackAiAutoConfiguration.class,
			FallbackAiActuatorAutoConfiguration.class, FallbackAiBoot3AutoConfiguration.class);

	private static final String HEALTH = "fallbackAiHealthIndicator";

	private static final AutoConfigurations RESILIENCE4J = AutoConfigurations.of(CircuitBreakerAutoConfiguration.class,
			TimeLimiterAutoConfiguration.class);

	private static final String[] TWO_ENDPOINTS = { "fallback.ai.endpoints[0].name=primary",
			"fallback.ai.endpoints[0].model=large", "fallback.ai.endpoints[0].api-key=sk-secret-1",
			"fallback.ai.endpoints[1].name=backup", "fallback.ai.endpoints[1].model=small",
			"fallback.ai.endpoints[1].api-key=sk-secret-2" };

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final ApplicationContextRunner bare = new ApplicationContextRunner().withConfiguration(OURS);

	private final ApplicationContextRunner runner = this.bare.withConfiguration(RESILIENCE4J)
		.withPropertyValues(TWO_ENDPOINTS);

	@Test
	void makesATemplateOfTheEndpoints() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(AiFallbackTemplate.class)
				.hasSingleBean(AiFallbackOperations.class)
				.hasBean(HEALTH);
			assertThat(context.getBean(AiFallbackOperations.class).status().defaultChain().endpoints())
				.extracting(EndpointStatus::name)
				.containsExactly("primary", "backup");
		});
	}

	@Test
	void callsGoToTheChainTheyName() {
		this.runner.withPropertyValues(primary.properties())
			.withPropertyValues(backup.properties())
			.withPropertyValues("fallback.ai.chains.smart.endpoints=primary,backup",
					"fallback.ai.chains.cheap.endpoints=backup", "fallback.ai.default-chain=smart")
			.run((context) -> {
				AiFallbackOperations template = context.getBean(AiFallbackOperations.class);
				assertThat(template.chat("Hello").block(PATIENCE).endpoint()).isEqualTo("primary");
				assertThat(template.chain("cheap").chat("Hello").block(PATIENCE).endpoint()).isEqualTo("backup");
				assertThat(template.status().chains()).extracting(ChainStatus::name).containsExactly("smart", "cheap");
			});
	}

	@Test
	void isAbsentWithoutEndpoints() {
		this.bare.withConfiguration(RESILIENCE4J).withPropertyValues("fallback.ai.deadline=1m").run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(AiFallbackOperations.class);
			assertThat(ownBeans(context)).containsExactly("fallbackAiKeySanitizingFunction");
		});
	}

	@Test
	void isAbsentWhenSwitchedOff() {
		this.runner.withPropertyValues("fallback.ai.enabled=false", "fallback.ai.endpoints[0].timeout.idle=-1s")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(ownBeans(context)).isEmpty();
			});
	}

	@Test
	void movesToTheNextEndpointThroughRealHttp() {
		primary.always(Outcome.status(500));
		List<FailoverEvent> events = new CopyOnWriteArrayList<>();
		this.runner.withPropertyValues("fallback.ai.overrides.primary.url=" + primary.url())
			.withPropertyValues(backup.properties())
			.withBean("events", ImmediateCallListener.class, () -> events::add)
			.run((context) -> {
				ChatResponse response = context.getBean(AiFallbackTemplate.class)
					.chat("Are you there?")
					.block(PATIENCE);
				assertThat(response).isNotNull();
				assertThat(response.endpoint()).isEqualTo("backup");
				assertThat(response.text()).isEqualTo(backup.answerTo("Are you there?"));
				assertThat(response.degraded()).isTrue();
			});
		assertThat(primary.requests()).singleElement()
			.satisfies((request) -> assertThat(request.header("Authorization")).contains("Bearer sk-secret-1"));
		assertThat(events).hasAtLeastOneElementOfType(FailoverEvent.Switched.class)
			.hasAtLeastOneElementOfType(FailoverEvent.CallEnded.class);
	}

	@Test
	void opensTheBreakerThatTheApplicationsRegistryShows() {
		primary.always(Outcome.status(500));
		List<FailoverEvent> events = new CopyOnWriteArrayList<>();
		this.runner.withPropertyValues(primary.properties())
			.withPropertyValues(backup.properties())
			.withBean("events", ImmediateCallListener.class, () -> events::add)
			.run((context) -> {
				AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
				for (int i = 0; i < 4; i++) {
					template.chat(ChatRequest.of("Hello")).block(PATIENCE);
				}
				assertThat(primary.requestCount()).isEqualTo(3);
				assertThat(context.getBean(CircuitBreakerRegistry.class).circuitBreaker("primary").getState())
					.isEqualTo(CircuitBreaker.State.OPEN);
				assertThat(events).filteredOn(FailoverEvent.EndpointOpened.class::isInstance).hasSize(1);
			});
	}

	@Test
	void tellsListenersAndApplicationEventsOffTheCallPath() {
		List<FailoverEvent> published = new CopyOnWriteArrayList<>();
		CountDownLatch callEnded = new CountDownLatch(1);
		this.runner.withPropertyValues(primary.properties())
			.withInitializer((context) -> context.addApplicationListener(
					ApplicationListener.<FailoverEvent>forPayload((FailoverEvent event) -> published.add(event))))
			.withBean("blocking", CallListener.class, () -> (event) -> await(callEnded))
			.run((context) -> {
				context.getBean(AiFallbackTemplate.class).chat("Are you there?").block(PATIENCE);
				callEnded.countDown();
				Awaitility.await()
					.untilAsserted(() -> assertThat(published).hasAtLeastOneElementOfType(AttemptEnded.class)
						.hasAtLeastOneElementOfType(FailoverEvent.CallEnded.class));
			});
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void registersBreakersAndTimeLimitersBeforeFirstUse() {
		this.runner.run((context) -> {
			CircuitBreakerRegistry breakers = context.getBean(CircuitBreakerRegistry.class);
			assertThat(breakers.getAllCircuitBreakers()).extracting(CircuitBreaker::getName)
				.containsExactlyInAnyOrder("primary", "backup");
			assertThat(breakers.getAllCircuitBreakers()).allSatisfy((breaker) -> {
				assertThat(breaker.getTags()).isEmpty();
				assertThat(breaker.getCircuitBreakerConfig().getSlidingWindowSize()).isEqualTo(20);
				assertThat(breaker.getCircuitBreakerConfig().getMinimumNumberOfCalls()).isEqualTo(10);
			});
			assertThat(context.getBean(TimeLimiterRegistry.class).getAllTimeLimiters())
				.extracting(TimeLimiter::getName, (limiter) -> limiter.getTimeLimiterConfig().getTimeoutDuration())
				.containsExactlyInAnyOrder(org.assertj.core.groups.Tuple.tuple("primary", Duration.ofMinutes(10)),
						org.assertj.core.groups.Tuple.tuple("backup", Duration.ofMinutes(10)));
		});
	}

	@Test
	void laysResilience4jInstancesOverItsOwnConfiguration() {
		this.runner
			.withPropertyValues("resilience4j.circuitbreaker.configs.default.sliding-window-size=99",
					"resilience4j.circuitbreaker.instances.primary.sliding-window-size=7",
					"resilience4j.timelimiter.instances.primary.timeout-duration=8s",
					"fallback.ai.endpoints[0].circuit-breaker.failure-rate=30")
			.run((context) -> {
				CircuitBreakerRegistry breakers = context.getBean(CircuitBreakerRegistry.class);
				assertThat(breakers.circuitBreaker("primary").getCircuitBreakerConfig()).satisfies((config) -> {
					assertThat(config.getSlidingWindowSize()).isEqualTo(7);
					assertThat(config.getMinimumNumberOfCalls()).isEqualTo(7);
					assertThat(config.getFailureRateThreshold()).isEqualTo(30);
					assertThat(config.getWaitIntervalFunctionInOpenState().apply(1)).isEqualTo(10_000);
					assertThat(config.isAutomaticTransitionFromOpenToHalfOpenEnabled()).isFalse();
				});
				assertThat(breakers.circuitBreaker("backup").getCircuitBreakerConfig().getSlidingWindowSize())
					.isEqualTo(20);
				TimeLimiterRegistry limiters = context.getBean(TimeLimiterRegistry.class);
				assertThat(limiters.timeLimiter("primary").getTimeLimiterConfig().getTimeoutDuration())
					.isEqualTo(Duration.ofSeconds(8));
				assertThat(limiters.timeLimiter("backup").getTimeLimiterConfig().getTimeoutDuration())
					.isEqualTo(Duration.ofMinutes(10));
			});
	}

	@Test
	void worksWithoutResilience4jsSpringBootSupport() {
		this.bare.withPropertyValues(TWO_ENDPOINTS)
			.withPropertyValues(primary.properties())
			.withClassLoader(new FilteredClassLoader("io.github.resilience4j.springboot3",
					"io.github.resilience4j.spring6", "io.github.resilience4j.common"))
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(CircuitBreakerRegistry.class);
				assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block(PATIENCE))
					.satisfies((response) -> assertThat(response.endpoint()).isEqualTo("primary"));
			});
	}

	@Test
	void worksWithoutActuator() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AiFallbackTemplate.class)
				.doesNotHaveBean(HEALTH));
	}

	@Test
	void usesTheApplicationsWebClientBuilderIfAskedTo() {
		new ReactiveWebApplicationContextRunner().withConfiguration(OURS)
			.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class, JacksonAutoConfiguration.class,
					CodecsAutoConfiguration.class))
			.withBean(WebClientCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Team", "chat"))
			.withPropertyValues("fallback.ai.transport.client=webclient")
			.withPropertyValues(TWO_ENDPOINTS)
			.withPropertyValues(primary.properties())
			.run((context) -> {
				context.getBean(AiFallbackTemplate.class).chat("Hello").block(PATIENCE);
				assertThat(primary.requests().get(0).header("X-Team")).contains("chat");
			});
	}

	@Test
	void customizesTheHttpClient() {
		this.runner.withPropertyValues(primary.properties())
			.withBean(FallbackHttpClientCustomizer.class,
					() -> (client) -> client.headers((headers) -> headers.set("X-Through", "customizer")))
			.run((context) -> {
				context.getBean(AiFallbackTemplate.class).chat("Hello").block(PATIENCE);
				assertThat(primary.requests().get(0).header("X-Through")).contains("customizer");
			});
	}

	@Test
	void worksInAServletApplication() {
		new WebApplicationContextRunner().withConfiguration(OURS)
			.withConfiguration(RESILIENCE4J)
			.withPropertyValues(TWO_ENDPOINTS)
			.withPropertyValues(primary.properties())
			.run((context) -> {
				assertThat(context).hasSingleBean(AiFallbackTemplate.class).doesNotHaveBean(WebClient.Builder.class);
				assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block(PATIENCE))
					.satisfies((response) -> assertThat(response.endpoint()).isEqualTo("primary"));
			});
	}

	@Test
	void backsOffWhenTheApplicationHasItsOwnOperations() {
		AiFallbackOperations own = Mockito.mock();
		this.runner.withBean("own", AiFallbackOperations.class, () -> own)
			.run((context) -> assertThat(context.getBean(AiFallbackOperations.class)).isSameAs(own));
	}

	@Test
	void backsOffWhenTheApplicationHasItsOwnParts() {
		BreakerStateStore store = new InMemoryStateStore();
		Wire wire = Mockito.mock();
		OpenAiDialect dialect = new OpenAiDialect();
		LoggingCallListener listener = new LoggingCallListener();
		HealthIndicator health = Mockito.mock();
		this.runner.withBean("ownStore", BreakerStateStore.class, () -> store)
			.withBean("ownWire", Wire.class, () -> wire)
			.withBean("ownDialect", OpenAiDialect.class, () -> dialect)
			.withBean("ownListener", LoggingCallListener.class, () -> listener)
			.withBean(HEALTH, HealthIndicator.class, () -> health)
			.run((context) -> {
				assertThat(context.getBean(BreakerStateStore.class)).isSameAs(store);
				assertThat(context.getBean(Wire.class)).isSameAs(wire);
				assertThat(context.getBean(OpenAiDialect.class)).isSameAs(dialect);
				assertThat(context.getBean(CallListener.class)).isSameAs(listener);
				assertThat(context.getBean(HEALTH)).isSameAs(health);
			});
	}

	@Test
	void backsOffWhenTheApplicationHasItsOwnGates() {
		this.runner.withBean("ownGates", EndpointGates.class, () -> EndpointGates.builder().build())
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("primary"));
	}

	@Test
	void callsAClientThatTheApplicationBringsForAProvider() {
		EndpointClient own = Mockito.mock();
		this.runner
			.withPropertyValues("fallback.ai.overrides.primary.provider=inhouse",
					"fallback.ai.overrides.primary.url=https://llm.example.com")
			.withBean("inhouse", EndpointClient.class, () -> own)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(AiFallbackOperations.class)
					.status()
					.defaultChain()
					.endpoints()
					.get(0)
					.provider()).isEqualTo("inhouse");
			});
	}

	@Test
	void prefersADialectOfTheApplication() {
		Dialect own = Mockito.mock();
		Mockito.when(own.provider()).thenReturn("openai");
		Mockito.when(own.authentication()).thenReturn(Authentication.BEARER);
		Mockito.when(own.defaultUrl()).thenReturn(java.net.URI.create("https://llm.example.com"));
		this.runner.withBean("own", Dialect.class, () -> own)
			.run((context) -> assertThat(context.getBean(FallbackSetup.class).onlyEndpoints().get(0).url())
				.hasToString("https://llm.example.com"));
	}

	@Test
	void switchesItsHealthOff() {
		this.runner.withPropertyValues("management.health.fallbackAi.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HEALTH));
	}

	@Test
	void hasTheStatusForUnavailableFromProperties() {
		this.runner.withPropertyValues("fallback.ai.health.unavailable-status=OUT_OF_SERVICE").run((context) -> {
			CircuitBreakerRegistry breakers = context.getBean(CircuitBreakerRegistry.class);
			breakers.getAllCircuitBreakers().forEach(CircuitBreaker::transitionToForcedOpenState);
			assertThat(context.getBean(HEALTH, HealthIndicator.class).health().getStatus().getCode())
				.isEqualTo("OUT_OF_SERVICE");
		});
	}

	@Test
	void masksKeysAlsoWithoutEndpoints() {
		this.bare.run((context) -> assertThat(context).hasSingleBean(SanitizingFunction.class));
	}

	private static List<String> ownBeans(ApplicationContext context) {
		List<String> names = new ArrayList<>(Arrays.asList(context.getBeanDefinitionNames()));
		names.removeIf((name) -> {
			Class<?> type = context.getType(name);
			return type == null || !type.getPackageName().startsWith("io.github.fallbackai")
					|| AutoConfigurations.class.equals(type) || type.getName().contains("Configuration");
		});
		return names;
	}

}
