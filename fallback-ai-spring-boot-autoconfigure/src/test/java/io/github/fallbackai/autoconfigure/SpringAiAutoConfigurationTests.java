// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.List;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.springai.FallbackChatModel;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SpringAiAutoConfigurationTests {

	private static final ChatModel SILENT = (prompt) -> new ChatResponse(List.of());

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(FallbackAiAutoConfiguration.class, FallbackAiSpringAiAutoConfiguration.class))
		.withPropertyValues("fallback.ai.warm-up=false");

	private final ApplicationContextRunner configured = this.runner.withPropertyValues(
			"fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
			"fallback.ai.endpoints[0].url=http://localhost:1");

	@Test
	void isPrimaryBesideOtherModels() {
		this.configured.withUserConfiguration(OtherModel.class)
			.run((context) -> assertThat(context.getBean(ChatModel.class)).isInstanceOf(FallbackChatModel.class));
	}

	@Test
	void isOneOfSeveralIfSaidSo() {
		this.configured.withUserConfiguration(OtherModel.class)
			.withPropertyValues("fallback.ai.spring-ai.primary=false")
			.run((context) -> {
				assertThat(context).hasBean("fallbackAiSpringAiChatModel").hasBean("otherModel");
				assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
					.isThrownBy(() -> context.getBean(ChatModel.class));
			});
	}

	@Test
	void leavesThePrimaryModelToTheApplication() {
		this.configured.withUserConfiguration(PrimaryModel.class).run((context) -> {
			assertThat(context).hasBean("fallbackAiSpringAiChatModel");
			assertThat(context.getBean(ChatModel.class)).isSameAs(SILENT);
		});
	}

	@Test
	void backsOffIfTheApplicationHasItsOwn() {
		this.configured.withUserConfiguration(OwnModel.class)
			.run((context) -> assertThat(context).getBeanNames(FallbackChatModel.class).containsExactly("ownModel"));
	}

	@Test
	void isAbsentWithoutEndpoints() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatModel.class));
	}

	@Test
	void isAbsentWithoutSpringAi() {
		this.configured.withClassLoader(new FilteredClassLoader("org.springframework.ai"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("fallbackAiSpringAiChatModel"));
	}

	@Test
	void refusesAModelThatNobodyConfigured() {
		this.configured.run((context) -> {
			Prompt prompt = new Prompt("Hi", ChatOptions.builder().model("gpt-0").build());
			assertThatIllegalArgumentException().isThrownBy(() -> context.getBean(ChatModel.class).call(prompt))
				.withMessageContaining("[default, primary, large]");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> context.getBean(ChatModel.class).stream(prompt).blockLast());
		});
	}

	/** Without them, a client of Spring AI 2 drops the tools. */
	@Test
	void hasOptionsThatMayHoldTools() {
		this.configured.run((context) -> {
			FallbackChatModel model = context.getBean(FallbackChatModel.class);
			assertThat(model.getDefaultOptions()).isInstanceOf(ToolCallingChatOptions.class);
			assertThat(model.getOptions()).isInstanceOf(ToolCallingChatOptions.class);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OtherModel {

		@Bean
		ChatModel otherModel() {
			return SILENT;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryModel {

		@Bean
		@Primary
		ChatModel primaryModel() {
			return SILENT;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnModel {

		@Bean
		FallbackChatModel ownModel(AiFallbackOperations operations) {
			return new FallbackChatModel(operations, ToolCallingManager.builder().build(), List.of());
		}

	}

}
