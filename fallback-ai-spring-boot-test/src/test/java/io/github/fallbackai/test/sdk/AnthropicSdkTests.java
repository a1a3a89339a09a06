// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.sdk;

import java.util.List;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.ToolUseBlock;
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

/**
 * Anthropic's SDK understands what the simulator says.
 */
class AnthropicSdkTests {

	private static final MessageCreateParams QUESTION = MessageCreateParams.builder()
		.model("model-a")
		.maxTokens(100)
		.addUserMessage("Hi")
		.build();

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	private final AnthropicClient client = AnthropicOkHttpClient.builder()
		.baseUrl(provider.url())
		.apiKey("sk-test")
		.maxRetries(0)
		.build();

	@AfterEach
	void closeClient() {
		this.client.close();
	}

	@Test
	void completesAndStreams() {
		provider.always(Outcome.answer("Guten Tag 👋"));
		for (Message message : List.of(this.client.messages().create(QUESTION), stream())) {
			assertThat(message.validate().content().get(0).asText().text()).isEqualTo("Guten Tag 👋");
			assertThat(message.stopReason()).contains(StopReason.END_TURN);
			assertThat(message.model().asString()).isEqualTo("model-a");
			assertThat(message.usage().inputTokens()).isPositive();
			assertThat(message.usage().outputTokens()).isPositive();
		}
	}

	@Test
	void thinks() {
		provider.always(Outcome.answer(Answer.text("42").withReasoning("Let me think.")));
		for (Message message : List.of(this.client.messages().create(QUESTION), stream())) {
			assertThat(message.validate().content().get(0).asThinking().thinking()).isEqualTo("Let me think.");
			assertThat(message.content().get(1).asText().text()).isEqualTo("42");
		}
	}

	@Test
	void callsTools() {
		provider.always(Outcome.answer(Answer.toolCalls(ToolCall.of("weather", "{\"city\":\"Oslo\"}"),
				ToolCall.of("time", "{\"zone\":\"CET\"}"))));
		for (Message message : List.of(this.client.messages().create(QUESTION), stream())) {
			List<ToolUseBlock> calls = message.validate()
				.content()
				.stream()
				.flatMap((block) -> block.toolUse().stream())
				.toList();
			assertThat(calls).extracting(ToolUseBlock::name).containsExactly("weather", "time");
			assertThat(calls.get(0)._input()).hasToString("{city=Oslo}");
			assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
		}
	}

	@ParameterizedTest
	@CsvSource({ "400, BadRequestException", "401, UnauthorizedException", "403, PermissionDeniedException",
			"404, NotFoundException", "429, RateLimitException", "500, InternalServerException",
			"529, OverloadedException" })
	void mapsErrors(int status, String exception) {
		provider.next(Outcome.error(ProviderError.of(status)));
		AnthropicServiceException error = catchThrowableOfType(AnthropicServiceException.class,
				() -> this.client.messages().create(QUESTION));
		assertThat(error.getClass().getSimpleName()).isEqualTo(exception);
		assertThat(error.statusCode()).isEqualTo(status);
	}

	@Test
	void findsAnErrorWithinAStream() {
		provider.next(Outcome.answer("Guten Tag").errorAfterTokens(1, ProviderError.of(529)));
		assertThatThrownBy(this::stream).isInstanceOf(AnthropicServiceException.class);
	}

	private Message stream() {
		MessageAccumulator accumulator = MessageAccumulator.create();
		try (StreamResponse<RawMessageStreamEvent> events = this.client.messages().createStreaming(QUESTION)) {
			events.stream().forEach((event) -> accumulator.accumulate(event.validate()));
		}
		return accumulator.message();
	}

}
