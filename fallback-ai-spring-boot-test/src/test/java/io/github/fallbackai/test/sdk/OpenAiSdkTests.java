// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.sdk;

import java.util.List;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * OpenAI's SDK understands what the simulator says.
 */
class OpenAiSdkTests {

	private static final ToolCall WEATHER = ToolCall.of("weather", "{\"city\":\"Oslo\",\"unit\":\"celsius\"}");

	private static final ToolCall TIME = ToolCall.of("time", "{\"zone\":\"CET\"}");

	private static final ChatCompletionCreateParams QUESTION = ChatCompletionCreateParams.builder()
		.model("model-a")
		.addUserMessage("Hi")
		.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
		.build();

	private static final ResponseCreateParams ASKED = ResponseCreateParams.builder()
		.model("model-a")
		.input("Hi")
		.build();

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	private final OpenAIClient client = OpenAIOkHttpClient.builder()
		.baseUrl(provider.url())
		.apiKey("sk-test")
		.maxRetries(0)
		.build();

	@AfterEach
	void closeClient() {
		this.client.close();
	}

	@Test
	void completes() {
		provider.next(Outcome.answer("Guten Tag 👋"));
		ChatCompletion completion = this.client.chat().completions().create(QUESTION).validate();
		ChatCompletion.Choice choice = completion.choices().get(0);
		assertThat(choice.message().content()).contains("Guten Tag 👋");
		assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
		assertThat(completion.model()).isEqualTo("model-a");
		assertThat(completion.usage().orElseThrow().completionTokens()).isPositive();
	}

	@Test
	void streams() {
		provider.next(Outcome.answer("Guten Tag 👋"));
		ChatCompletion completion = stream().validate();
		ChatCompletion.Choice choice = completion.choices().get(0);
		assertThat(choice.message().content()).contains("Guten Tag 👋");
		assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
		assertThat(completion.usage().orElseThrow().completionTokens()).isPositive();
	}

	@Test
	void callsTools() {
		provider.always(Outcome.answer(Answer.toolCalls(WEATHER, TIME)));
		for (ChatCompletion completion : List.of(this.client.chat().completions().create(QUESTION), stream())) {
			ChatCompletion.Choice choice = completion.validate().choices().get(0);
			assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
			assertThat(choice.message().toolCalls().orElseThrow()).map((call) -> call.asFunction().function())
				.extracting(ChatCompletionMessageFunctionToolCall.Function::name,
						ChatCompletionMessageFunctionToolCall.Function::arguments)
				.containsExactly(tuple("weather", WEATHER.arguments()), tuple("time", TIME.arguments()));
		}
	}

	@Test
	void responds() {
		provider
			.always(Outcome.answer(Answer.text("Guten Tag 👋").withReasoning("Hm, hm.").withToolCalls(WEATHER, TIME)));
		for (Response response : List.of(this.client.responses().create(ASKED), streamResponse())) {
			assertThat(response.validate().status()).contains(ResponseStatus.COMPLETED);
			assertThat(response.output().get(0).asReasoning().encryptedContent()).isPresent();
			assertThat(response.output().get(1).asMessage().content().get(0).asOutputText().text())
				.isEqualTo("Guten Tag 👋");
			assertThat(response.output().subList(2, 4)).map((item) -> item.asFunctionCall().arguments())
				.containsExactly(WEATHER.arguments(), TIME.arguments());
			assertThat(response.usage().orElseThrow().outputTokens()).isPositive();
		}
	}

	private Response streamResponse() {
		ResponseAccumulator accumulator = ResponseAccumulator.create();
		try (StreamResponse<ResponseStreamEvent> events = this.client.responses().createStreaming(ASKED)) {
			events.stream().forEach((event) -> accumulator.accumulate(event.validate()));
		}
		return accumulator.response();
	}

	@ParameterizedTest
	@CsvSource({ "400, BadRequestException", "401, UnauthorizedException", "403, PermissionDeniedException",
			"404, NotFoundException", "422, UnprocessableEntityException", "429, RateLimitException",
			"500, InternalServerException", "503, InternalServerException" })
	void mapsErrors(int status, String exception) {
		provider.next(Outcome.error(ProviderError.of(status).withCode("some_code")));
		OpenAIServiceException error = catchThrowableOfType(OpenAIServiceException.class,
				() -> this.client.chat().completions().create(QUESTION));
		assertThat(error.getClass().getSimpleName()).isEqualTo(exception);
		assertThat(error.statusCode()).isEqualTo(status);
		assertThat(error.code()).contains("some_code");
	}

	@Test
	void findsAnErrorWithinAStream() {
		provider.next(Outcome.answer("Guten Tag").errorAfterTokens(1, ProviderError.of(500)));
		assertThatThrownBy(this::stream).isInstanceOf(OpenAIServiceException.class);
	}

	private ChatCompletion stream() {
		ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
		try (StreamResponse<ChatCompletionChunk> chunks = this.client.chat().completions().createStreaming(QUESTION)) {
			chunks.stream().forEach((chunk) -> accumulator.accumulate(chunk.validate()));
		}
		return accumulator.chatCompletion();
	}

}
