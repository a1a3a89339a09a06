// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.boot4;

import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * OpenAI's model of Spring AI 2 as an endpoint, over a server whose model thinks aloud.
 */
class ThinkingModelTests {

	private static final String THOUGHTS = "First the question, then what is known, then the answer.";

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.create();

	@Test
	void thoughtsAreToldOnce() {
		provider.next(Outcome.answer(Answer.text("It depends on the wind.").withReasoning(THOUGHTS)));
		OpenAiChatOptions options = OpenAiChatOptions.builder()
			.baseUrl(provider.url())
			.apiKey("k")
			.model("large")
			.maxRetries(0)
			.build();
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("fallback.ai.warm-up=false", "fallback.ai.state-store.type=memory",
					"fallback.ai.endpoints[0].name=one", "fallback.ai.endpoints[0].provider=spring-ai",
					"fallback.ai.endpoints[0].bean=model", "fallback.ai.endpoints[0].timeout.first-content=5m",
					"fallback.ai.deadline=10m")
			.withBean("model", OpenAiChatModel.class, () -> OpenAiChatModel.builder().options(options).build())
			.run((context) -> assertThat(context.getBean(AiFallbackTemplate.class)
				.stream(ChatRequest.of("What?"))
				.ofType(ChatEvent.ReasoningDelta.class)
				.map(ChatEvent.ReasoningDelta::text)
				.collect(joining())
				.block(Duration.ofMinutes(10))).isEqualTo(THOUGHTS));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
