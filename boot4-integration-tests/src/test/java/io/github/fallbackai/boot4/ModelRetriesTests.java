// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.boot4;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.test.ProviderSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The log tells of a model of Spring AI 2 whose SDK repeats failed requests. A model with
 * a template of Spring Framework repeats requests of others, but not those of
 * fallback-ai.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModelRetriesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("fallback.ai.warm-up=false", "fallback.ai.state-store.type=memory",
				"fallback.ai.endpoints[0].name=one", "fallback.ai.endpoints[0].provider=spring-ai",
				"fallback.ai.endpoints[0].bean=model", "fallback.ai.endpoints[0].timeout.first-content=5m",
				"fallback.ai.deadline=10m");

	@Test
	void areToldOnce(CapturedOutput output) {
		askTwice(3);
		assertThat(output).containsOnlyOnce("Chat model 'model' repeats a failed request up to 3 times itself");
	}

	@Test
	void areNotToldIfTheyAreOff(CapturedOutput output) {
		askTwice(0);
		assertThat(output).contains("Fallback chain").doesNotContain("repeats a failed request");
	}

	@Test
	void ofATemplateAreSwitchedOffForTheLibraryAndForNoOneElse() {
		Repeating model = new Repeating(
				new RetryTemplate(RetryPolicy.builder().maxRetries(2).delay(Duration.ZERO).build()));
		this.runner.withBean("model", ChatModel.class, () -> model).run((context) -> {
			AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
			assertThatException().isThrownBy(() -> template.chat("Hello").block(Duration.ofMinutes(10)));
			assertThat(model.asked).hasValue(1);
			assertThatException().isThrownBy(() -> model.call("Hello"));
			assertThat(model.asked).hasValue(4);
		});
	}

	/** A native image makes no proxy that it was not told of. */
	@Test
	void canBeSwitchedOffInANativeImage() throws NoSuchMethodException {
		RuntimeHints hints = new RuntimeHints();
		AotServices.factories(getClass().getClassLoader())
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith("io.github.fallbackai"))
			.forEach((registrar) -> registrar.registerHints(hints, getClass().getClassLoader()));
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(RetryPolicy.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(RetryTemplate.class.getMethod("setRetryPolicy", RetryPolicy.class))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(OpenAiChatOptions.class.getMethod("getMaxRetries"))).accepts(hints);
	}

	private void askTwice(int retries) {
		try (ProviderSimulator provider = ProviderSimulator.create()) {
			OpenAiChatOptions options = OpenAiChatOptions.builder()
				.baseUrl(provider.url())
				.apiKey("k")
				.model("large")
				.maxRetries(retries)
				.build();
			this.runner
				.withBean("model", OpenAiChatModel.class, () -> OpenAiChatModel.builder().options(options).build())
				.run((context) -> {
					AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
					for (int i = 0; i < 2; i++) {
						assertThat(template.chat("Hello").block(Duration.ofMinutes(10)).text())
							.isEqualTo(provider.answerTo("Hello"));
					}
				});
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/** Fails, and tries again. Many models of Spring AI 2 have such a template. */
	private static final class Repeating implements ChatModel {

		private final AtomicInteger asked = new AtomicInteger();

		private final RetryTemplate retryTemplate;

		private Repeating(RetryTemplate retryTemplate) {
			this.retryTemplate = retryTemplate;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.retryTemplate.invoke(() -> {
				this.asked.incrementAndGet();
				throw new IllegalStateException("HTTP 503 - overloaded");
			});
		}

	}

}
