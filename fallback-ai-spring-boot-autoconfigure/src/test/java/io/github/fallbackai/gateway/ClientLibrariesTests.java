// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.github.fallbackai.gateway.messages.MessagesGateway;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.ProviderRules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.support.ToolCallbacks;

import org.springframework.retry.support.RetryTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring AI and LangChain4j as clients of a gateway. They run their own tools while the
 * first provider dies at another event of each answer.
 */
class ClientLibrariesTests {

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	/** Its calls have names only. */
	private static final String WITHOUT_IDS = "gemini";

	private static final AtomicInteger requests = new AtomicInteger();

	private static MessagesGateway gateway;

	private final Tools tools = new Tools();

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	static Stream<Arguments> cases() {
		return MessagesGateway.KINDS.stream()
			.flatMap((kind) -> Stream.of(Library.values()).map((library) -> Arguments.of(library, kind)));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void runTheirToolsOnce(Library library, String kind) throws Exception {
		first.rules(ProviderRules.STRICT);
		second.rules(ProviderRules.STRICT);
		first.script((request) -> ToolRounds.answer(request).cutAfterEvents(requests.incrementAndGet() % 14));
		second.script(ToolRounds::answer);
		gateway.reset();
		List<String> others = MessagesGateway.KINDS;
		String other = others.get((others.indexOf(kind) + 1 + library.ordinal()) % others.size());
		assertThat(library.ask(kind + '-' + other, this.tools)).endsWith(ToolRounds.ANSWER);
		assertThat(this.tools.looked).containsExactlyElementsOf(ToolRounds.LOOKS);
		assertThat(second.requests()).isNotEmpty();
		if (!kind.equals(WITHOUT_IDS) && !other.equals(WITHOUT_IDS)) {
			Stream.concat(first.requests().stream(), second.requests().stream())
				.map((request) -> request.body().toString())
				.filter((body) -> body.contains(ToolRounds.RESULT + 1))
				.forEach((body) -> assertThat(body).contains("call_Rome1", "call_Oslo1"));
		}
	}

	/** A library, and whether it asks for a stream. */
	enum Library {

		SPRING_AI {

			@Override
			String ask(String model, Tools tools) {
				ChatResponse response = springAi(model, tools).call(new Prompt("Hi"));
				return response.getResult().getOutput().getText();
			}

		},

		SPRING_AI_STREAM {

			@Override
			String ask(String model, Tools tools) {
				return springAi(model, tools).stream(new Prompt("Hi"))
					.mapNotNull((part) -> (part.getResult() != null) ? part.getResult().getOutput().getText() : null)
					.collectList()
					.map((texts) -> String.join("", texts))
					.block(PATIENCE);
			}

		},

		LANGCHAIN4J {

			@Override
			String ask(String model, Tools tools) {
				OpenAiChatModel chat = OpenAiChatModel.builder()
					.baseUrl(gateway.url() + "/v1")
					.apiKey(MessagesGateway.KEY)
					.modelName(model)
					.maxRetries(0)
					.build();
				return AiServices.builder(Whole.class).chatModel(chat).tools(tools).build().chat("Hi");
			}

		},

		LANGCHAIN4J_STREAM {

			@Override
			String ask(String model, Tools tools) throws Exception {
				OpenAiStreamingChatModel chat = OpenAiStreamingChatModel.builder()
					.baseUrl(gateway.url() + "/v1")
					.apiKey(MessagesGateway.KEY)
					.modelName(model)
					.build();
				CompletableFuture<String> answer = new CompletableFuture<>();
				AiServices.builder(Streamed.class)
					.streamingChatModel(chat)
					.tools(tools)
					.build()
					.chat("Hi")
					.onPartialResponse((part) -> {
					})
					.onCompleteResponse((whole) -> answer.complete(whole.aiMessage().text()))
					.onError(answer::completeExceptionally)
					.start();
				return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			}

		};

		private static final Duration PATIENCE = Duration.ofSeconds(60);

		abstract String ask(String model, Tools tools) throws Exception;

		private static org.springframework.ai.openai.OpenAiChatModel springAi(String model, Tools tools) {
			OpenAiApi api = OpenAiApi.builder().baseUrl(gateway.url()).apiKey(MessagesGateway.KEY).build();
			OpenAiChatOptions options = OpenAiChatOptions.builder()
				.model(model)
				.toolCallbacks(ToolCallbacks.from(tools))
				.build();
			return org.springframework.ai.openai.OpenAiChatModel.builder()
				.openAiApi(api)
				.retryTemplate(RetryTemplate.builder().maxAttempts(1).build())
				.defaultOptions(options)
				.build();
		}

	}

	interface Whole {

		String chat(String question);

	}

	interface Streamed {

		TokenStream chat(String question);

	}

	/** The tools of the client, which note what they were asked. */
	public static final class Tools {

		private final List<String> looked = new ArrayList<>();

		@dev.langchain4j.agent.tool.Tool("Looks at the sky")
		@org.springframework.ai.tool.annotation.Tool(description = "Looks at the sky")
		public synchronized String look(String place, int round) {
			this.looked.add(place + ' ' + round);
			return ToolRounds.RESULT + round;
		}

	}

}
