// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chat models of Spring AI as endpoints. The tests of Spring Boot 4 run this class as it
 * is, with Spring AI 2.
 */
class ChatModelEndpointTests {

	private static final String ANSWER = "A circuit breaker stops asking what does not answer, and tries again later.";

	private static final int HALF = 35;

	private static final long PATIENCE = 60;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("fallback.ai.warm-up=false", "fallback.ai.state-store.type=memory",
				"fallback.ai.endpoints[0].name=one", "fallback.ai.endpoints[0].provider=spring-ai",
				"fallback.ai.endpoints[0].bean=first", "fallback.ai.endpoints[1].name=two",
				"fallback.ai.endpoints[1].provider=spring-ai", "fallback.ai.endpoints[1].bean=second",
				"fallback.ai.endpoints[1].model=small");

	@Test
	void continuesTheStreamOfAModelThatDies() {
		this.runner.run((context) -> {
			first(context).stream = (prompt) -> Flux.concat(Flux.just(piece(ANSWER.substring(0, HALF), null)),
					Flux.error(new java.io.IOException("reset")));
			List<String> pieces = template(context).streamText("What?").collectList().block();
			assertThat(String.join("", pieces)).isEqualTo(ANSWER);
			assertThat(second(context).prompts.get(0).getContents()).contains(ANSWER.substring(0, HALF));
		});
	}

	@Test
	void goesOnToTheNextModelAndOpensTheBreaker() {
		this.runner.run((context) -> {
			first(context).stream = (prompt) -> Flux.error(new java.net.ConnectException("refused"));
			for (int i = 0; i < 3; i++) {
				ChatResponse response = template(context).chat("What?").block();
				assertThat(response.endpoint()).isEqualTo("two");
				assertThat(response.attempts().get(0).failure()).isEqualTo(FailureKind.CONNECT_FAILED);
			}
			assertThat(template(context).status().toString()).contains(SkipReason.BREAKER_OPEN.name());
		});
	}

	/** The stream of a model that is known to say why it stops, and does not. */
	@Test
	void takesNoCutStreamForAWholeAnswer() {
		this.runner.run((context) -> {
			assertThat(template(context).chat("What?").block().endpoint()).isEqualTo("one");
			first(context).stream = (prompt) -> Flux.just(piece(ANSWER.substring(0, HALF), null));
			ChatResponse response = template(context).chat("What?").block();
			assertThat(response.text()).isEqualTo(ANSWER);
			assertThat(response.endpoint()).isEqualTo("two");
		});
	}

	/** The reason of a whole answer says nothing about streams of the same model. */
	@Test
	void trustsAStreamWithoutAReasonIfOnlyWholeAnswersGaveOne() {
		this.runner.withPropertyValues("fallback.ai.endpoints[0].unary-as-stream=false").run((context) -> {
			assertThat(template(context).chat("What?").block().endpoint()).isEqualTo("one");
			first(context).stream = (prompt) -> Flux.just(piece(ANSWER, null));
			ChatEvent last = template(context).stream(ChatRequest.of("What?")).blockLast();
			assertThat(((ChatEvent.Completed) last).response().endpoint()).isEqualTo("one");
		});
	}

	/** The caller would have run the tool, so no other endpoint could answer. */
	@Test
	void deliversNoToolCallOfAModelThatDies() {
		this.runner.run((context) -> {
			first(context).stream = (prompt) -> Flux.concat(Flux.just(call("c1")),
					Flux.error(new java.io.IOException("reset")));
			second(context).stream = (prompt) -> Flux.just(call("c2"));
			List<ChatEvent> events = template(context)
				.stream(ChatRequest.builder()
					.user("Weather?")
					.tool(new ToolDefinition("weather", "Tells it", "{\"type\":\"object\"}"))
					.build())
				.collectList()
				.block();
			assertThat(events).filteredOn(ChatEvent.ToolCallReady.class::isInstance)
				.singleElement()
				.isInstanceOfSatisfying(ChatEvent.ToolCallReady.class,
						(ready) -> assertThat(ready.toolCall().id()).isEqualTo("c2"));
		});
	}

	@Test
	void asksAModelThatCannotStreamOnAThreadThatMayBlock() {
		this.runner.run((context) -> {
			first(context).stream = null;
			AtomicReference<String> thread = new AtomicReference<>();
			first(context).call = (prompt) -> {
				thread.set(Thread.currentThread().getName());
				return piece(ANSWER, "stop");
			};
			assertThat(template(context).streamText("What?").collectList().block()).containsExactly(ANSWER);
			assertThat(thread.get()).startsWith("fallback-ai-spring-ai");
		});
	}

	@Test
	void interruptsACallWhoseCallerLeaves() {
		this.runner.run((context) -> {
			CountDownLatch called = new CountDownLatch(1);
			CountDownLatch interrupted = new CountDownLatch(1);
			first(context).stream = null;
			first(context).call = (prompt) -> {
				called.countDown();
				try {
					Thread.sleep(TimeUnit.SECONDS.toMillis(PATIENCE * 2));
				}
				catch (InterruptedException ex) {
					interrupted.countDown();
				}
				throw new IllegalStateException("interrupted");
			};
			Disposable call = template(context).chat("What?").subscribe();
			assertThat(called.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
			call.dispose();
			assertThat(interrupted.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	void sendsNoModelOfAnotherEndpoint() {
		this.runner.run((context) -> {
			first(context).stream = (prompt) -> Flux.error(new IllegalStateException("broken"));
			template(context).chat(ChatRequest.builder().user("What?").target("first").temperature(0.5).build())
				.block();
			assertThat(first(context).prompts.get(0).getOptions().getModel()).isNull();
			assertThat(second(context).prompts.get(0).getOptions().getModel()).isEqualTo("small");
			assertThat(second(context).prompts.get(0).getOptions().getTemperature()).isEqualTo(0.5);
		});
	}

	/** The caller runs the tools, and the model gets back what it said with the call. */
	@Test
	void returnsToolCallsWithWhatBelongsToThem() {
		this.runner.run((context) -> {
			byte[] seal = { 1, 2 };
			first(context).stream = (prompt) -> Flux.just(call("c1", Map.of("thoughtSignatures", List.of(seal))));
			ChatRequest question = ChatRequest.builder()
				.user("Weather?")
				.tool(new ToolDefinition("weather", "Tells it", "{\"type\":\"object\"}"))
				.build();
			ChatResponse response = template(context).chat(question).block();
			assertThat(response.toolCalls()).singleElement().extracting((call) -> call.name()).isEqualTo("weather");
			first(context).stream = (prompt) -> Flux.just(piece(ANSWER, "stop"));
			template(context).chat(question.continueWith(response, List.of(new ToolResultMessage("c1", "Rain"))))
				.block();
			Prompt prompt = first(context).prompts.get(1);
			assertThat(((ToolCallingChatOptions) prompt.getOptions()).getToolCallbacks()).hasSize(1);
			AssistantMessage returned = (AssistantMessage) prompt.getInstructions().get(1);
			assertThat((List<?>) returned.getMetadata().get("thoughtSignatures")).singleElement().isEqualTo(seal);
			assertThat(prompt.getInstructions().get(2).getMessageType()).isEqualTo(MessageType.TOOL);
		});
	}

	/** Models of Google refuse a second system message. */
	@Test
	void putsAFormatIntoTheOnlySystemMessage() {
		this.runner.run((context) -> {
			first(context).stream = (prompt) -> Flux.just(piece("{}", "stop"));
			ChatRequest request = ChatRequest.builder()
				.user("What?")
				.responseFormat(ResponseFormat.jsonSchema("answer", "{\"type\":\"object\",\"title\":\"Plain\"}"))
				.build();
			assertThat(template(context).chat(request).block().text()).isEqualTo("{}");
			ChatRequest instructed = request.toBuilder()
				.replaceMessages(List.of(ChatMessage.system("Be brief."), ChatMessage.system("Be kind."),
						ChatMessage.user("What?")))
				.build();
			template(context).chat(instructed).block();
			template(context)
				.chat(instructed.toBuilder().options(ChatOptions.builder().schemaInPrompt(true).build()).build())
				.block();
			assertThat(first(context).prompts).hasSize(3).allSatisfy((prompt) -> {
				assertThat(prompt.getInstructions()).extracting(Message::getMessageType)
					.containsExactly(MessageType.SYSTEM, MessageType.USER);
				assertThat(prompt.getInstructions().get(0).getText()).contains("JSON object", "Plain");
			});
			assertThat(first(context).prompts.subList(1, 3))
				.allSatisfy((prompt) -> assertThat(prompt.getInstructions().get(0).getText()).startsWith("Be brief.")
					.contains("Be kind."));
		});
	}

	@Test
	void passesImagesAndFilesOn() {
		this.runner.run((context) -> {
			byte[] bytes = { 1, 2, 3 };
			org.springframework.ai.chat.messages.UserMessage message = org.springframework.ai.chat.messages.UserMessage
				.builder()
				.text("What is this?")
				.media(new Media(MimeTypeUtils.IMAGE_GIF, new ByteArrayResource(bytes)),
						new Media(MimeType.valueOf("application/pdf"), new ByteArrayResource(bytes)),
						new Media(MimeTypeUtils.IMAGE_PNG, URI.create("https://example.com/a.png")))
				.build();
			context.getBean(FallbackChatModel.class).call(new Prompt(List.of(message)));
			List<Media> media = first(context).prompts.get(0).getUserMessage().getMedia();
			assertThat(media).extracting(Media::getMimeType)
				.containsExactly(MimeTypeUtils.IMAGE_GIF, MimeType.valueOf("application/pdf"), MimeTypeUtils.IMAGE_PNG);
			assertThat(media.get(0).getDataAsByteArray()).isEqualTo(bytes);
			assertThat(media.get(1).getDataAsByteArray()).isEqualTo(bytes);
			assertThat(media.get(2).getData()).isEqualTo("https://example.com/a.png");
		});
	}

	@Test
	void refusesToStartWithoutTheBean() {
		refuses("fallback.ai.endpoints[0].bean=third", "fallback.ai.endpoints[0].bean",
				"no ChatModel bean is named 'third'");
		refuses("fallback.ai.endpoints[0].bean=fallbackAiSpringAiChatModel", "fallback.ai.endpoints[0].bean", "itself");
		refuses("fallback.ai.endpoints[0].bean=", "fallback.ai.endpoints[0].bean", "missing");
		refuses("fallback.ai.endpoints[0].url=https://llm.example.com", "fallback.ai.endpoints[0].url", "no URL");
		refuses("fallback.ai.endpoints[0].provider=openai", "fallback.ai.endpoints[0].bean", "has no bean");
	}

	private void refuses(String property, String name, String reason) {
		this.runner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasFailed();
			Throwable cause = context.getStartupFailure();
			while (!(cause instanceof InvalidFallbackConfigurationException) && cause != null) {
				cause = cause.getCause();
			}
			assertThat(cause).as(property).isNotNull();
			assertThat(((InvalidFallbackConfigurationException) cause).property()).isEqualTo(name);
			assertThat(((InvalidFallbackConfigurationException) cause).reason()).contains(reason);
		});
	}

	private static AiFallbackTemplate template(org.springframework.context.ApplicationContext context) {
		return context.getBean(AiFallbackTemplate.class);
	}

	private static Model first(org.springframework.context.ApplicationContext context) {
		return context.getBean("first", Model.class);
	}

	private static Model second(org.springframework.context.ApplicationContext context) {
		return context.getBean("second", Model.class);
	}

	static org.springframework.ai.chat.model.ChatResponse piece(String text, String reason) {
		ChatGenerationMetadata metadata = (reason != null)
				? ChatGenerationMetadata.builder().finishReason(reason).build() : ChatGenerationMetadata.NULL;
		return new org.springframework.ai.chat.model.ChatResponse(
				List.of(new Generation(new AssistantMessage(text), metadata)));
	}

	private static org.springframework.ai.chat.model.ChatResponse call(String id) {
		return call(id, Map.of());
	}

	private static org.springframework.ai.chat.model.ChatResponse call(String id, Map<String, Object> metadata) {
		AssistantMessage message = AssistantMessage.builder()
			.content("")
			.properties(metadata)
			.toolCalls(List.of(new AssistantMessage.ToolCall(id, "function", "weather", "{}")))
			.build();
		return new org.springframework.ai.chat.model.ChatResponse(
				List.of(new Generation(message, ChatGenerationMetadata.builder().finishReason("TOOL_USE").build())));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Model first() {
			return new Model();
		}

		@Bean
		Model second() {
			return new Model();
		}

	}

	/**
	 * A model that answers unless the test says otherwise.
	 */
	static class Model implements ChatModel {

		final List<Prompt> prompts = new ArrayList<>();

		volatile Function<Prompt, org.springframework.ai.chat.model.ChatResponse> call = (prompt) -> piece(ANSWER,
				"stop");

		volatile Function<Prompt, Flux<org.springframework.ai.chat.model.ChatResponse>> stream = (prompt) -> Flux
			.just(piece(ANSWER.substring(0, HALF), null), piece(ANSWER.substring(HALF), "stop"));

		@Override
		public org.springframework.ai.chat.model.ChatResponse call(Prompt prompt) {
			this.prompts.add(prompt);
			return this.call.apply(prompt);
		}

		@Override
		public Flux<org.springframework.ai.chat.model.ChatResponse> stream(Prompt prompt) {
			if (this.stream == null) {
				throw new UnsupportedOperationException("streaming is not supported");
			}
			this.prompts.add(prompt);
			return this.stream.apply(prompt);
		}

		public org.springframework.ai.chat.prompt.ChatOptions getOptions() {
			return ToolCallingChatOptions.builder().build();
		}

	}

}
