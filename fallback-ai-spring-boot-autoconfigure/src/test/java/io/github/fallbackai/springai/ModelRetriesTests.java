package io.github.fallbackai.springai;

import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.test.ProviderSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.retry.support.RetryTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log tells of a model of Spring AI 1.1 that repeats failed requests itself. The
 * tests of Spring Boot 4 do the same with Spring AI 2.
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
		askTwice(model());
		assertThat(output).containsOnlyOnce("Chat model 'model' repeats a failed request up to 9 times itself");
	}

	@Test
	void areNotToldIfTheyAreOff(CapturedOutput output) {
		askTwice(model().retryTemplate(RetryTemplate.builder().maxAttempts(1).build()));
		assertThat(output).contains("Fallback chain").doesNotContain("repeats a failed request");
	}

	private void askTwice(OpenAiChatModel.Builder model) {
		try (ProviderSimulator provider = ProviderSimulator.create()) {
			String url = provider.url();
			model.openAiApi(OpenAiApi.builder().baseUrl(url.substring(0, url.lastIndexOf('/'))).apiKey("k").build());
			this.runner.withBean("model", OpenAiChatModel.class, model::build).run((context) -> {
				AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
				for (int i = 0; i < 2; i++) {
					assertThat(template.chat("Hello").block(Duration.ofMinutes(10)).text())
						.isEqualTo(provider.answerTo("Hello"));
				}
			});
		}
	}

	private static OpenAiChatModel.Builder model() {
		return OpenAiChatModel.builder().defaultOptions(OpenAiChatOptions.builder().model("large").build());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
