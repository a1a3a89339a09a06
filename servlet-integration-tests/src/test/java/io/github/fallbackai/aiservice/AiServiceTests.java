// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.aiservice;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.langchain4j.model.chat.ChatModel;
import io.github.fallbackai.aiservice.AssistantApplication.Weather;
import io.github.fallbackai.langchain4j.FallbackChatModel;
import io.github.fallbackai.test.wire.ToolCall;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that LangChain4j's Spring starter makes, in an application that has another
 * chat model, too.
 */
@Tag("slow")
class AiServiceTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.create();

	private static ConfigurableApplicationContext application;

	private final Assistant assistant = application.getBean(Assistant.class);

	@BeforeAll
	static void start() {
		application = new SpringApplicationBuilder(AssistantApplication.class).web(WebApplicationType.NONE)
			.run("--fallback.ai.state-store.type=memory", "--fallback.ai.endpoints[0].name=primary",
					"--fallback.ai.endpoints[0].model=large", "--fallback.ai.endpoints[0].url=" + primary.url(),
					"--fallback.ai.endpoints[1].name=backup", "--fallback.ai.endpoints[1].model=small",
					"--fallback.ai.endpoints[1].url=" + backup.url(),
					"--fallback.ai.defaults.circuit-breaker.failure-threshold=100");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void isThePrimaryModelBesideAnother() {
		assertThat(application.getBeansOfType(ChatModel.class)).hasSize(2);
		assertThat(application.getBean(ChatModel.class)).isInstanceOf(FallbackChatModel.class);
	}

	@Test
	void answersFromTheNextEndpoint() {
		primary.next(Outcome.status(500));
		assertThat(this.assistant.answer("next", "Hello")).isEqualTo(backup.answerTo("Hello"));
	}

	@Test
	void runsAToolOnceAndRemembersTheConversation() {
		int before = application.getBean(Weather.class).calls.get();
		Answer call = Answer.toolCalls(new ToolCall("call_1", "weather", "{\"city\":\"Oslo\"}"));
		primary.next(Outcome.answer(call).cutAfterTokens(1), Outcome.status(500));
		backup.next(Outcome.answer(call), Outcome.answer("It rains."));
		assertThat(this.assistant.answer("tool", "How is the weather?")).isEqualTo("It rains.");
		assertThat(application.getBean(Weather.class).calls).hasValue(before + 1);
		primary.next(Outcome.status(503));
		this.assistant.answer("tool", "And tomorrow?");
		assertThat(backup.requests().get(backup.requestCount() - 1).body().toString()).contains("How is the weather?",
				"It rains.", "And tomorrow?");
	}

	@Test
	void streamsOneAnswerWhenThePrimaryDies() throws Exception {
		primary.next(Outcome.healthy().cutAfterTokens(3));
		CompletableFuture<String> answer = new CompletableFuture<>();
		StringBuilder pieces = new StringBuilder();
		this.assistant.stream("stream", "Hello")
			.onPartialResponse(pieces::append)
			.onCompleteResponse((response) -> answer.complete(pieces.toString()))
			.onError(answer::completeExceptionally)
			.start();
		assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(primary.answerTo("Hello"));
	}

}
