// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.fallbackai.langchain4j.FallbackChatModel;
import io.github.fallbackai.langchain4j.FallbackStreamingChatModel;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class FallbackAiLangChain4jAutoConfigurationTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.create();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(FallbackAiAutoConfiguration.class, FallbackAiLangChain4jAutoConfiguration.class,
						CircuitBreakerAutoConfiguration.class, TimeLimiterAutoConfiguration.class))
		.withPropertyValues("fallback.ai.warm-up=false", "fallback.ai.endpoints[0].name=primary",
				"fallback.ai.endpoints[0].model=any", "fallback.ai.endpoints[0].url=" + primary.url());

	@Test
	void modelsAskTheEndpoints() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(StreamingChatModel.class);
			assertThat(context.getBean(ChatModel.class).chat("Hi")).isNotEmpty();
			assertThat(primary.requestCount()).isPositive();
		});
	}

	@Test
	void modelsArePrimaryBesideOthers() {
		this.runner.withBean("other", ChatModel.class, () -> Mockito.mock(ChatModel.class)).run((context) -> {
			assertThat(context.getBeansOfType(ChatModel.class)).containsOnlyKeys("other", "fallbackAiChatModel");
			assertThat(context.getBean(ChatModel.class)).isInstanceOf(FallbackChatModel.class);
		});
	}

	/** Two primary beans of a type stop the start of what wants one. */
	@Test
	void leavesThePrimaryModelOfEachTypeToTheApplication() {
		ChatModel own = Mockito.mock(ChatModel.class);
		this.runner.withBean("own", ChatModel.class, () -> own, (definition) -> definition.setPrimary(true))
			.run((context) -> {
				assertThat(context.getBean(ChatModel.class)).isSameAs(own);
				assertThat(context).hasSingleBean(FallbackChatModel.class).hasBean("fallbackAiChatModel");
				assertThat(context.getBeanFactory().getMergedBeanDefinition("fallbackAiStreamingChatModel").isPrimary())
					.isTrue();
			});
		StreamingChatModel streaming = Mockito.mock(StreamingChatModel.class);
		this.runner
			.withBean("own", StreamingChatModel.class, () -> streaming, (definition) -> definition.setPrimary(true))
			.run((context) -> {
				assertThat(context.getBean(StreamingChatModel.class)).isSameAs(streaming);
				assertThat(context).hasSingleBean(FallbackStreamingChatModel.class);
				assertThat(context.getBeanFactory().getMergedBeanDefinition("fallbackAiChatModel").isPrimary())
					.isTrue();
			});
	}

	@Test
	void modelsNeedNotBePrimary() {
		this.runner.withPropertyValues("fallback.ai.langchain4j.primary=false")
			.withBean("other", ChatModel.class, () -> Mockito.mock(ChatModel.class),
					(definition) -> definition.setPrimary(true))
			.run((context) -> {
				assertThat(context).hasSingleBean(FallbackChatModel.class);
				assertThat(context).hasSingleBean(FallbackStreamingChatModel.class);
				assertThat(context.getBean(ChatModel.class)).isNotInstanceOf(FallbackChatModel.class);
			});
	}

	@Test
	void modelsGiveWayToThoseOfTheApplication() {
		FallbackChatModel own = Mockito.mock(FallbackChatModel.class);
		this.runner.withBean("own", FallbackChatModel.class, () -> own)
			.run((context) -> assertThat(context.getBean(ChatModel.class)).isSameAs(own));
	}

	@Test
	void thereAreNoneWithoutLangChain4jWithoutEndpointsOrIfSwitchedOff() {
		this.runner.withClassLoader(new FilteredClassLoader("dev.langchain4j"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("fallbackAiChatModel"));
		this.runner.withPropertyValues("fallback.ai.langchain4j.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatModel.class));
		this.runner.withPropertyValues("fallback.ai.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatModel.class));
	}

}
