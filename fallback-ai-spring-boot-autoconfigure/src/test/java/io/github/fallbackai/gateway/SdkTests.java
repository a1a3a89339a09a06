// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;
import java.util.List;

import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionTool;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import com.openai.models.models.Model;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * OpenAI's SDK talks to a gateway before every kind of provider.
 */
class SdkTests {

	private static final ToolCall WEATHER = ToolCall.of("weather", "{\"city\":\"Oslo\"}");

	private static final ToolCall TIME = ToolCall.of("time", "{\"zone\":\"CET\"}");

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	@ParameterizedTest
	@ValueSource(strings = { "openai", "azure-openai", "anthropic", "gemini" })
	void completes(String kind) {
		provider.next(Outcome.answer(Answer.text("Guten Tag 👋").withModel("model-a-2025-01-01")));
		try (GatewayServer gateway = GatewayServer.before(endpoint(kind))) {
			ChatCompletion completion = gateway.client().chat().completions().create(question().build()).validate();
			ChatCompletion.Choice choice = completion.choices().get(0);
			assertThat(choice.message().content()).contains("Guten Tag 👋");
			assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
			assertThat(completion.model()).isEqualTo("model-a-2025-01-01");
			assertThat(completion.usage().orElseThrow().completionTokens()).isPositive();
		}
		assertThat(provider.requests()).singleElement().extracting(RecordedRequest::lastUserMessage).isEqualTo("Hi");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "azure-openai", "anthropic", "gemini" })
	void streams(String kind) {
		provider.next(Outcome.answer(Answer.text("Guten Tag 👋").withModel("model-a-2025-01-01")));
		try (GatewayServer gateway = GatewayServer.before(endpoint(kind))) {
			List<ChatCompletionChunk> chunks = stream(gateway, withUsage().build());
			ChatCompletion completion = whole(chunks);
			ChatCompletion.Choice choice = completion.validate().choices().get(0);
			assertThat(choice.message().content()).contains("Guten Tag 👋");
			assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
			assertThat(completion.usage().orElseThrow().promptTokens()).isPositive();
			assertThat(completion.usage().orElseThrow().completionTokens()).isPositive();
			assertThat(chunks).extracting(ChatCompletionChunk::id).containsOnly(completion.id());
			assertThat(chunks).extracting(ChatCompletionChunk::model).containsOnly("model-a-2025-01-01");
			assertThat(chunks.get(chunks.size() - 1).choices()).isEmpty();
			assertThat(chunks).hasSizeGreaterThan(3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "azure-openai", "anthropic", "gemini" })
	void callsTools(String kind) {
		provider.always(Outcome.answer(Answer.toolCalls(WEATHER, TIME)));
		ChatCompletionCreateParams question = question().addTool(tool("weather")).addTool(tool("time")).build();
		try (GatewayServer gateway = GatewayServer.before(endpoint(kind))) {
			ChatCompletion whole = gateway.client().chat().completions().create(question);
			for (ChatCompletion completion : List.of(whole, whole(stream(gateway, question)))) {
				ChatCompletion.Choice choice = completion.validate().choices().get(0);
				assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
				assertThat(choice.message().content()).isEmpty();
				assertThat(choice.message().toolCalls().orElseThrow()).map((call) -> call.asFunction().function())
					.extracting(ChatCompletionMessageFunctionToolCall.Function::name,
							ChatCompletionMessageFunctionToolCall.Function::arguments)
					.containsExactly(tuple("weather", WEATHER.arguments()), tuple("time", TIME.arguments()));
			}
			ChatCompletionCreateParams results = question.toBuilder()
				.addMessage(whole.choices().get(0).message())
				.addMessage(toolResult(whole, 0, "Sunny"))
				.addMessage(toolResult(whole, 1, "12:00"))
				.build();
			provider.always(Outcome.answer("It is sunny."));
			assertThat(gateway.client().chat().completions().create(results).choices().get(0).message().content())
				.contains("It is sunny.");
		}
		assertThat(provider.requests().get(2).body().toString()).contains("Sunny", "12:00", "Oslo");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "azure-openai", "anthropic", "gemini" })
	void answersInTheFormOfAClass(String kind) {
		provider.next(Outcome.answer("{\"name\":\"Oslo\",\"inhabitants\":717710}"));
		StructuredChatCompletionCreateParams<City> question = question().responseFormat(City.class).build();
		try (GatewayServer gateway = GatewayServer.before(endpoint(kind))) {
			City city = gateway.client()
				.chat()
				.completions()
				.create(question)
				.choices()
				.get(0)
				.message()
				.content()
				.orElseThrow();
			assertThat(city.name).isEqualTo("Oslo");
			assertThat(city.inhabitants).isEqualTo(717710);
		}
		assertThat(provider.requests().get(0).body().toString()).contains("inhabitants");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "azure-openai" })
	void refuses(String kind) {
		provider.always(Outcome.answer(Answer.refusal("I cannot help with that.")));
		try (GatewayServer gateway = GatewayServer.before(endpoint(kind))) {
			ChatCompletion whole = gateway.client().chat().completions().create(question().build());
			for (ChatCompletion completion : List.of(whole, whole(stream(gateway, question().build())))) {
				ChatCompletion.Choice choice = completion.validate().choices().get(0);
				assertThat(choice.message().refusal()).contains("I cannot help with that.");
				assertThat(choice.message().content()).isEmpty();
				assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "azure-openai", "anthropic", "gemini" })
	void showsReasoningWhereClientsReadIt(String kind) {
		provider.always(Outcome.answer(Answer.text("42").withReasoning("six times seven")));
		try (GatewayServer gateway = GatewayServer.before(endpoint(kind))) {
			ChatCompletion whole = gateway.client().chat().completions().create(question().build());
			assertThat(whole.choices().get(0).message()._allProperties().get("reasoning_content"))
				.isEqualTo(JsonValue.from("six times seven"));
			StringBuilder reasoning = new StringBuilder();
			for (ChatCompletionChunk chunk : stream(gateway, question().build())) {
				JsonValue more = chunk.choices().get(0).delta()._allProperties().get("reasoning_content");
				reasoning.append((more != null) ? more.asStringOrThrow() : "");
			}
			assertThat(reasoning).hasToString("six times seven");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "azure-openai", "anthropic", "gemini" })
	void listsModels(String kind) {
		try (GatewayServer gateway = GatewayServer.before(endpoint(kind))) {
			assertThat(gateway.client().models().list().data()).extracting(Model::id)
				.containsExactly("auto", "default", "primary", "group-a", "model-a");
			assertThat(gateway.client().models().retrieve("group-a").validate().id()).isEqualTo("group-a");
		}
	}

	private static Endpoint endpoint(String kind) {
		return Endpoint.named("primary")
			.provider(kind)
			.url(URI.create(provider.url()))
			.model("model-a")
			.modelGroup("group-a")
			.limits(Patience.LIMITS)
			.build();
	}

	private static ChatCompletionCreateParams.Builder question() {
		return ChatCompletionCreateParams.builder().model("auto").addUserMessage("Hi");
	}

	private static ChatCompletionCreateParams.Builder withUsage() {
		return question().streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
	}

	private static ChatCompletionTool tool(String name) {
		return ChatCompletionTool.ofFunction(ChatCompletionFunctionTool.builder()
			.function(FunctionDefinition.builder()
				.name(name)
				.parameters(
						FunctionParameters.builder().putAdditionalProperty("type", JsonValue.from("object")).build())
				.build())
			.build());
	}

	private static ChatCompletionToolMessageParam toolResult(ChatCompletion answer, int call, String result) {
		return ChatCompletionToolMessageParam.builder()
			.toolCallId(answer.choices().get(0).message().toolCalls().orElseThrow().get(call).asFunction().id())
			.content(result)
			.build();
	}

	private static List<ChatCompletionChunk> stream(GatewayServer gateway, ChatCompletionCreateParams question) {
		try (StreamResponse<ChatCompletionChunk> chunks = gateway.client()
			.chat()
			.completions()
			.createStreaming(question)) {
			return chunks.stream().map(ChatCompletionChunk::validate).toList();
		}
	}

	private static ChatCompletion whole(List<ChatCompletionChunk> chunks) {
		ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
		chunks.forEach(accumulator::accumulate);
		return accumulator.chatCompletion();
	}

	/**
	 * What the SDK makes a JSON schema of.
	 */
	static class City {

		public String name;

		public int inhabitants;

	}

}
