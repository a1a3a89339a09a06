// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.RetryUtils;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.retry.support.RetryTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A model of Spring AI 1.1 repeats failed requests of others, but not those of
 * fallback-ai. The tests of Spring Boot 4 do the same with Spring AI 2.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModelRetriesTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	private final ProviderSimulator provider = ProviderSimulator.create();

	private final ProviderSimulator backup = ProviderSimulator.create();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("fallback.ai.warm-up=false", "fallback.ai.state-store.type=memory",
				"fallback.ai.endpoints[0].name=one", "fallback.ai.endpoints[0].provider=spring-ai",
				"fallback.ai.endpoints[0].bean=model", "fallback.ai.endpoints[0].unary-as-stream=false",
				"fallback.ai.endpoints[0].timeout.first-content=5m", "fallback.ai.endpoints[1].name=two",
				"fallback.ai.endpoints[1].url=" + this.backup.url(), "fallback.ai.endpoints[1].api-key=k",
				"fallback.ai.endpoints[1].model=small", "fallback.ai.deadline=10m");

	@AfterEach
	void stop() {
		this.provider.close();
		this.backup.close();
	}

	@Test
	void areSwitchedOffForTheLibraryAndForNoOneElse(CapturedOutput output) {
		this.provider.always(Outcome.status(500));
		RetryTemplate template = RetryTemplate.builder().maxAttempts(3).fixedBackoff(1).build();
		this.runner.withBean("model", OpenAiChatModel.class, () -> model(template)).run((context) -> {
			AiFallbackTemplate fallback = context.getBean(AiFallbackTemplate.class);
			assertThat(fallback.chat("Hello").block(LONG).endpoint()).isEqualTo("two");
			assertThat(this.provider.requests()).hasSize(1);
			assertThatException().isThrownBy(() -> context.getBean("model", ChatModel.class).call("Hello"));
			assertThat(this.provider.requests()).hasSize(4);
		});
		assertThat(output).contains("Fallback chain").doesNotContain("repeats a failed request", "may repeat");
	}

	/** Ten attempts, with pauses of seconds between them. */
	@Test
	void ofTheDefaultTemplateAreSwitchedOff() {
		this.provider.always(Outcome.status(503));
		this.runner.withBean("model", OpenAiChatModel.class, () -> model(RetryUtils.DEFAULT_RETRY_TEMPLATE))
			.run((context) -> {
				AiFallbackTemplate fallback = context.getBean(AiFallbackTemplate.class);
				assertThat(fallback.chat("Hello").block(LONG).endpoint()).isEqualTo("two");
				assertThat(this.provider.requests()).hasSize(1);
			});
	}

	@Test
	void areSwitchedOffOnceIfEachCallGetsANewBean() {
		RetryTemplate template = RetryTemplate.builder().maxAttempts(2).fixedBackoff(1).build();
		this.runner
			.withBean("model", OpenAiChatModel.class, () -> model(template),
					(definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
			.run((context) -> {
				AiFallbackTemplate fallback = context.getBean(AiFallbackTemplate.class);
				for (int i = 0; i < 3; i++) {
					assertThat(fallback.chat("Hello").block(LONG).endpoint()).isEqualTo("one");
				}
				assertThat(template).extracting("listeners").asInstanceOf(InstanceOfAssertFactories.ARRAY).hasSize(1);
			});
	}

	/** Like the models of Bedrock and Azure OpenAI, whose SDKs repeat requests. */
	@Test
	void areToldOnceIfNothingIsKnownOfThem(CapturedOutput output) {
		ChatModel unknown = (prompt) -> new ChatResponse(List.of(new Generation(new AssistantMessage("Hi"))));
		this.runner.withBean("model", ChatModel.class, () -> unknown).run((context) -> {
			for (int i = 0; i < 2; i++) {
				assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block(LONG).text()).isEqualTo("Hi");
			}
		});
		assertThat(output).containsOnlyOnce("Chat model 'model' may repeat failed requests itself");
	}

	/** The template is not all that repeats requests: Google's SDK does so below it. */
	@Test
	void ofGooglesSdkAreToldBesideTheTemplate(CapturedOutput output) {
		this.runner.withBean("model", GoogleGenAiChatModel.class, GoogleGenAiChatModel::new).run((context) -> {
			for (int i = 0; i < 2; i++) {
				assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block(LONG).text()).isEqualTo("Hi");
			}
		});
		assertThat(output).containsOnlyOnce("Chat model 'model' may repeat failed requests itself");
	}

	@Test
	void modelsOfGoogleGetOneSystemMessage() {
		GoogleGenAiChatModel model = new GoogleGenAiChatModel();
		this.runner.withBean("model", GoogleGenAiChatModel.class, () -> model).run((context) -> {
			context.getBean(AiFallbackTemplate.class)
				.chat(ChatRequest.builder()
					.messages(List.of(ChatMessage.user("What?"), ChatMessage.system("Be brief."),
							ChatMessage.user("So?"), ChatMessage.system("Be kind.")))
					.responseFormat(ResponseFormat.JSON_OBJECT)
					.build())
				.block(LONG);
			assertThat(model.prompts.get(0).getInstructions()).extracting(Message::getMessageType)
				.containsExactly(MessageType.SYSTEM, MessageType.USER, MessageType.USER);
			assertThat(model.prompts.get(0).getSystemMessage().getText()).startsWith("Be brief.\n\nBe kind.\n\n")
				.contains("JSON");
		});
	}

	private OpenAiChatModel model(RetryTemplate template) {
		String url = this.provider.url();
		return OpenAiChatModel.builder()
			.defaultOptions(OpenAiChatOptions.builder().model("large").build())
			.openAiApi(OpenAiApi.builder().baseUrl(url.substring(0, url.lastIndexOf('/'))).apiKey("k").build())
			.retryTemplate(template)
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
