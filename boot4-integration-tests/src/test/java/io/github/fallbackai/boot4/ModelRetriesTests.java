package io.github.fallbackai.boot4;

import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.test.ProviderSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log tells of a model of Spring AI 2 that repeats failed requests itself.
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

}
