// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.langchain4j;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What LangChain4j's words become at a provider, and a provider's words in LangChain4j.
 */
class LangChain4jMappingTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final ProviderSimulator provider = ProviderSimulator.create().start();

	private final AiFallbackTemplate ai = AiFallbackTemplate.builder()
		.endpoint(endpoint("openai"))
		.endpoint(endpoint("anthropic"))
		.build();

	@AfterEach
	void stop() {
		this.ai.close();
		this.provider.close();
	}

	@Test
	void whatOnlyOneProviderKnowsGoesToThatOne() {
		JsonNode openai = ask("openai");
		assertThat(openai.path("frequency_penalty").asDouble()).isEqualTo(0.75);
		assertThat(openai.has("top_k")).isFalse();
		assertThat(openai.path("tool_choice").asText()).isEqualTo("required");
		JsonNode anthropic = ask("anthropic");
		assertThat(anthropic.path("top_k").asInt()).isEqualTo(7);
		assertThat(anthropic.has("frequency_penalty")).isFalse();
		assertThat(anthropic.at("/tool_choice/type").asText()).isEqualTo("any");
	}

	private JsonNode ask(String endpoint) {
		this.provider.clear();
		this.provider.always(Outcome.answer(Answer.toolCalls(ToolCall.of("look", "{}"))));
		new FallbackChatModel(this.ai).chat(ChatRequest.builder()
			.messages(UserMessage.from("Hi"))
			.parameters(ChatRequestParameters.builder()
				.modelName(endpoint)
				.topK(7)
				.frequencyPenalty(0.75)
				.toolSpecifications(ToolSpecification.builder().name("look").build())
				.toolChoice(ToolChoice.REQUIRED)
				.build())
			.build());
		return this.provider.requests().get(0).body();
	}

	@Test
	void contentThatCannotBeSentIsRefusedBeforeAnythingIsSent() {
		UserMessage spoken = UserMessage.from(AudioContent.from("aGk=", "audio/mp3"));
		assertThatExceptionOfType(UnsupportedFeatureException.class)
			.isThrownBy(() -> new FallbackChatModel(this.ai).chat(spoken))
			.withMessageContaining("AUDIO");
		assertThat(this.provider.requestCount()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "STOP, STOP", "LENGTH, LENGTH", "CONTENT_FILTER, CONTENT_FILTER" })
	void finishReasonsAreThoseOfLangChain4j(io.github.fallbackai.test.wire.FinishReason sent, FinishReason told) {
		this.provider.always(Outcome.answer(Answer.text("Some words").withFinishReason(sent)));
		ChatResponse response = new FallbackChatModel(this.ai).chat(UserMessage.from("Hi"));
		assertThat(response.finishReason()).isEqualTo(told);
		assertThat(response.aiMessage().text()).isEqualTo("Some words");
		assertThat(response.tokenUsage().outputTokenCount()).isPositive();
	}

	@Test
	void aHandlerIsToldThoughtsAndToolsOnAThreadThatMayBlock() throws Exception {
		this.provider
			.always(Outcome.answer(Answer.toolCalls(ToolCall.of("look", "{\"at\":1}"), ToolCall.of("listen", "{}"))
				.withReasoning("Well, well.")));
		Recorder recorder = new Recorder();
		new FallbackStreamingChatModel(this.ai).chat("Hi", recorder);
		assertThat(recorder.done).succeedsWithin(LIMIT);
		assertThat(String.join("", recorder.thoughts)).isEqualTo("Well, well.");
		assertThat(recorder.calls).extracting((call) -> call.index() + call.toolExecutionRequest().name())
			.containsExactly("0look", "1listen");
		assertThat(recorder.calls.get(0).toolExecutionRequest().arguments()).isEqualTo("{\"at\":1}");
		assertThat(recorder.mayBlock).containsOnly(true);
	}

	@Test
	void theModelThatWaitsRefusesThreadsOfAnEventLoop() {
		Mono<ChatResponse> wrong = Mono.fromCallable(() -> new FallbackChatModel(this.ai).chat(UserMessage.from("Hi")))
			.subscribeOn(Schedulers.parallel());
		assertThatIllegalStateException().isThrownBy(() -> wrong.block(LIMIT));
		assertThat(this.provider.requestCount()).isZero();
	}

	private Endpoint endpoint(String provider) {
		return Endpoint.named(provider)
			.provider(provider)
			.url(URI.create(this.provider.url()))
			.model("large-" + provider)
			.build();
	}

	/** Remembers what a handler is told, and where. */
	private static final class Recorder implements StreamingChatResponseHandler {

		private final List<String> thoughts = new CopyOnWriteArrayList<>();

		private final List<CompleteToolCall> calls = new CopyOnWriteArrayList<>();

		private final Set<Boolean> mayBlock = ConcurrentHashMap.newKeySet();

		private final CompletableFuture<ChatResponse> done = new CompletableFuture<>();

		@Override
		public void onPartialThinking(PartialThinking thinking) {
			this.mayBlock.add(!Schedulers.isInNonBlockingThread());
			this.thoughts.add(thinking.text());
		}

		@Override
		public void onCompleteToolCall(CompleteToolCall call) {
			this.mayBlock.add(!Schedulers.isInNonBlockingThread());
			this.calls.add(call);
		}

		@Override
		public void onCompleteResponse(ChatResponse response) {
			this.mayBlock.add(!Schedulers.isInNonBlockingThread());
			this.done.complete(response);
		}

		@Override
		public void onError(Throwable error) {
			this.done.completeExceptionally(error);
		}

	}

}
