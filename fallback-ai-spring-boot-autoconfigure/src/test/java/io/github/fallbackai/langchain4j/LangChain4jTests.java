// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.langchain4j;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A program of LangChain4j over the fallback, over sockets.
 */
class LangChain4jTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final int LAST_CUT = 12;

	private static final String ANSWER = "It is seven degrees in Oslo today, and the sky is clear.";

	private final ProviderSimulator primary = ProviderSimulator.create().start();

	private final ProviderSimulator backup = ProviderSimulator.create().start();

	private final AiFallbackTemplate ai = AiFallbackTemplate.builder()
		.endpoint(endpoint("primary", this.primary))
		.endpoint(endpoint("backup", this.backup))
		.build();

	private final Weather weather = new Weather();

	@AfterEach
	void stop() {
		this.ai.close();
		this.primary.close();
		this.backup.close();
	}

	@Test
	void aProgramWithToolsAndMemorySurvivesACutAtEveryEvent() throws Exception {
		this.backup.script(LangChain4jTests::program);
		for (int cut = 0; cut <= LAST_CUT; cut++) {
			int tokens = cut;
			try (AiFallbackTemplate fresh = AiFallbackTemplate.builder()
				.endpoint(endpoint("primary", this.primary))
				.endpoint(endpoint("backup", this.backup))
				.build()) {
				this.primary.script((request) -> program(request).cutAfterTokens(tokens));
				Assistant assistant = assistant(fresh);
				this.weather.asked.clear();
				assertThat(text(assistant.stream("How is the weather in Oslo?"))).isEqualTo(ANSWER);
				assertThat(this.weather.asked).containsExactly("Oslo");
				assertThat(assistant.ask("And again?")).isEqualTo("You asked: How is the weather in Oslo?");
			}
		}
	}

	@Test
	void thoughtsGoBackWithTheResultsOfTheirTools() {
		this.primary.script((request) -> {
			boolean second = request.body().at("/messages").size() > 1;
			return Outcome.answer(second ? Answer.text(ANSWER) : call().withReasoning("I need the weather."));
		});
		FallbackChatModel model = new FallbackChatModel(this.ai);
		UserMessage question = UserMessage.from("How is the weather?");
		ChatResponse response = model.chat(question);
		assertThat(response.aiMessage().thinking()).isEqualTo("I need the weather.");
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
		AiMessage stored = (AiMessage) ChatMessageDeserializer
			.messageFromJson(ChatMessageSerializer.messageToJson(response.aiMessage()));
		model.chat(question, stored, dev.langchain4j.data.message.ToolExecutionResultMessage
			.from(stored.toolExecutionRequests().get(0), "7 degrees"));
		JsonNode message = this.primary.requests().get(1).body().at("/messages/1");
		assertThat(message.toString()).contains("I need the weather.", "call_1");
		model.chat(question, stored.withText("changed"), dev.langchain4j.data.message.ToolExecutionResultMessage
			.from(stored.toolExecutionRequests().get(0), "7 degrees"));
		assertThat(this.primary.requests().get(2).body().at("/messages/1").toString()).contains("changed")
			.doesNotContain("I need the weather.");
	}

	@Test
	void parametersReachTheProvider() {
		ChatRequest request = ChatRequest.builder()
			.messages(UserMessage.from(TextContent.from("What is this?"),
					ImageContent.from(Image.builder().base64Data("aGk=").mimeType("image/png").build())))
			.parameters(ChatRequestParameters.builder()
				.modelName("backup")
				.temperature(0.5)
				.topP(0.9)
				.maxOutputTokens(50)
				.stopSequences("END")
				.presencePenalty(0.25)
				.build())
			.build();
		ChatResponse response = new FallbackChatModel(this.ai).chat(request);
		assertThat(response.tokenUsage()).isInstanceOf(TokenUsage.class);
		assertThat(response.modelName()).isEqualTo("any");
		JsonNode body = this.backup.requests().get(0).body();
		assertThat(body.at("/temperature").asDouble()).isEqualTo(0.5);
		assertThat(body.at("/top_p").asDouble()).isEqualTo(0.9);
		assertThat(body.at("/presence_penalty").asDouble()).isEqualTo(0.25);
		assertThat(body.toString()).contains("END", "data:image/png;base64,aGk=", ":50");
	}

	@Test
	void anAnswerAsAValueFollowsItsSchema() {
		this.primary.always(Outcome.answer("{\"city\":\"Oslo\",\"degrees\":7}"));
		Report report = assistant(this.ai).report("How is the weather in Oslo?");
		assertThat(report).isEqualTo(new Report("Oslo", 7));
		JsonNode format = this.primary.requests().get(0).body().at("/response_format");
		assertThat(format.at("/type").asText()).isEqualTo("json_schema");
		assertThat(format.at("/json_schema/schema/properties/city/type").asText()).isEqualTo("string");
	}

	@Test
	void errorsAreTold() {
		this.primary.always(Outcome.status(500));
		this.backup.always(Outcome.status(500));
		assertThatExceptionOfType(AllEndpointsFailedException.class)
			.isThrownBy(() -> new FallbackChatModel(this.ai).chat("Hi"));
		Recorder recorder = new Recorder(false);
		new FallbackStreamingChatModel(this.ai).chat("Hi", recorder);
		assertThat(recorder.done).failsWithin(LIMIT)
			.withThrowableThat()
			.withCauseInstanceOf(AllEndpointsFailedException.class);
	}

	@Test
	void aStructuredAnswerThatBreaksOffIsNotDeliveredTwice() {
		this.primary.always(Outcome.answer("{\"city\":\"Oslo\",\"degrees\":7}").cutAfterTokens(2));
		Recorder recorder = new Recorder(false);
		new FallbackStreamingChatModel(this.ai).chat(ChatRequest.builder()
			.messages(UserMessage.from("Hi"))
			.responseFormat(dev.langchain4j.model.chat.request.ResponseFormat.JSON)
			.build(), recorder);
		assertThat(recorder.done).failsWithin(LIMIT)
			.withThrowableThat()
			.withCauseInstanceOf(StreamInterruptedException.class);
		assertThat(this.backup.requestCount()).isZero();
	}

	@Test
	void cancellingClosesTheConnection() {
		this.primary.always(Outcome.answer(ANSWER).hangAfterTokens(2));
		Recorder recorder = new Recorder(true);
		new FallbackStreamingChatModel(this.ai).chat("Hi", recorder);
		assertThat(this.primary.awaitRequests(1, LIMIT).get(0).awaitEnding(LIMIT))
			.isEqualTo(Ending.CANCELLED_BY_CLIENT);
		assertThat(recorder.pieces).hasSize(1);
		assertThat(recorder.done).isNotDone();
		assertThat(this.backup.requestCount()).isZero();
	}

	@Test
	void aHandlerThatThrowsGetsItsExceptionAndEndsTheCall() {
		this.primary.always(Outcome.answer(ANSWER).hangAfterTokens(2));
		Recorder recorder = new Recorder(false) {
			@Override
			public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
				throw new IllegalStateException("handler");
			}
		};
		new FallbackStreamingChatModel(this.ai).chat("Hi", recorder);
		assertThat(recorder.done).failsWithin(LIMIT).withThrowableThat().withMessageContaining("handler");
		assertThat(this.primary.requests().get(0).awaitEnding(LIMIT)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
	}

	/** What a model does that has a tool for the weather. */
	private static Outcome program(RecordedRequest request) {
		JsonNode messages = request.body().at("/messages");
		String last = messages.get(messages.size() - 1).at("/role").asText();
		if (last.equals("tool")) {
			return Outcome.answer(ANSWER);
		}
		String question = messages.get(messages.size() - 1).at("/content").asText();
		if (question.startsWith("How")) {
			return Outcome.answer(call());
		}
		return Outcome
			.answer(question.startsWith("And") ? "You asked: " + messages.get(0).at("/content").asText() : ANSWER);
	}

	private static Answer call() {
		return Answer.toolCalls(new ToolCall("call_1", "weather", "{\"city\":\"Oslo\"}"));
	}

	private Assistant assistant(AiFallbackTemplate template) {
		return AiServices.builder(Assistant.class)
			.chatModel(new FallbackChatModel(template))
			.streamingChatModel(new FallbackStreamingChatModel(template))
			.chatMemory(MessageWindowChatMemory.withMaxMessages(20))
			.tools(this.weather)
			.build();
	}

	private static String text(TokenStream stream) throws Exception {
		StringBuffer text = new StringBuffer();
		CompletableFuture<String> done = new CompletableFuture<>();
		stream.onPartialResponse(text::append)
			.onCompleteResponse((response) -> done.complete(text.toString()))
			.onError(done::completeExceptionally)
			.start();
		return done.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	private static Endpoint endpoint(String name, ProviderSimulator server) {
		return Endpoint.named(name).provider("openai").url(URI.create(server.url())).model("any").build();
	}

	/** The program. */
	interface Assistant {

		TokenStream stream(String question);

		String ask(String question);

		Report report(String question);

	}

	/** A value. */
	record Report(String city, int degrees) {

	}

	/** Its tool. */
	static final class Weather {

		private final List<String> asked = new ArrayList<>();

		@Tool("The weather of a city")
		String weather(@P(value = "the city", name = "city") String city) {
			this.asked.add(city);
			return "7 degrees";
		}

	}

	/** Remembers what a handler is told. */
	private static class Recorder implements StreamingChatResponseHandler {

		private final List<String> pieces = new CopyOnWriteArrayList<>();

		private final CompletableFuture<ChatResponse> done = new CompletableFuture<>();

		private final boolean cancels;

		Recorder(boolean cancels) {
			this.cancels = cancels;
		}

		@Override
		public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
			this.pieces.add(piece.text());
			if (this.cancels) {
				context.streamingHandle().cancel();
			}
		}

		@Override
		public void onCompleteResponse(ChatResponse response) {
			this.done.complete(response);
		}

		@Override
		public void onError(Throwable error) {
			this.done.completeExceptionally(error);
		}

	}

}
