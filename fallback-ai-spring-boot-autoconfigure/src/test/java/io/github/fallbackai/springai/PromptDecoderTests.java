// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.support.ToolCallbacks;

import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;

class PromptDecoderTests {

	private final PromptDecoder decoder = new PromptDecoder(ToolCallingManager.builder().build(),
			new ModelChoice(List.of()));

	/** An exception with the bytes would bring them into a log. */
	@Test
	void noExceptionQuotesTheBytes() {
		Media media = Media.builder().mimeType(MimeTypeUtils.IMAGE_PNG).data("c2VjcmV0 c2VjcmV0").build();
		Prompt prompt = new Prompt(List.of(UserMessage.builder().text("What is this?").media(media).build()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.decoder.decode(prompt))
			.withMessageNotContaining("c2VjcmV0");
	}

	/** An application may have options of its own, which may be unable to answer. */
	@Test
	void optionsThatThrowAreLeftOut() {
		ChatOptions options = mock(StructuredOutputChatOptions.class, (call) -> {
			if (call.getMethod().getName().equals("getTemperature")) {
				return 0.3;
			}
			throw new UnsupportedOperationException(call.getMethod().getName());
		});
		ChatRequest request = this.decoder.decode(new Prompt("Hi", options));
		assertThat(request.temperature()).isEqualTo(0.3);
		assertThat(request.maxTokens()).isNull();
		assertThat(request.responseFormat()).isEqualTo(ResponseFormat.TEXT);
	}

	@Test
	void aPromptWithoutMessagesIsRefused() {
		Prompt prompt = new Prompt(List.<Message>of(),
				OpenAiChatOptions.builder().toolCallbacks(ToolCallbacks.from(new WeatherProgram.Weather())).build());
		assertThatIllegalArgumentException().isThrownBy(() -> this.decoder.decode(prompt));
	}

	/** Spring AI leaves the schema out of its own instructions. */
	@Test
	void aSchemaIsTakenAlongWhereverTheModelSendsTheRequest() {
		Endpoint endpoint = Endpoint.named("one")
			.provider("openai")
			.url(URI.create("http://localhost:1"))
			.model("large")
			.build();
		PromptDecoder chained = new PromptDecoder(ToolCallingManager.builder().build(),
				new ModelChoice(List.of(new Chain("other", List.of(endpoint)))));
		OpenAiChatOptions options = OpenAiChatOptions.builder().outputSchema("{\"type\":\"object\"}").build();
		options.setModel("large");
		ChatRequest request = chained.decode(new Prompt("Hi", options));
		assertThat(request.responseFormat().schema()).isEqualTo("{\"type\":\"object\"}");
		assertThat(request.options().schemaInPrompt()).isTrue();
		assertThat(request.options().chain()).isEqualTo("other");
		assertThat(request.target()).isEqualTo("large");
	}

	@Test
	void aNamedToolIsForced() {
		OpenAiChatOptions options = OpenAiChatOptions.builder()
			.toolChoice(Map.of("type", "function", "function", Map.of("name", "weather")))
			.toolCallbacks(ToolCallbacks.from(new WeatherProgram.Weather()))
			.build();
		assertThat(this.decoder.decode(new Prompt("Hi", options)).toolChoice()).isEqualTo(ToolChoice.tool("weather"));
		options.setToolChoice("{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}");
		assertThat(this.decoder.decode(new Prompt("Hi", options)).toolChoice()).isEqualTo(ToolChoice.tool("weather"));
		options.setToolChoice(ChatCompletionToolChoiceOption.ofAuto(ChatCompletionToolChoiceOption.Auto.NONE));
		assertThat(this.decoder.decode(new Prompt("Hi", options)).toolChoice()).isEqualTo(ToolChoice.NONE);
		options.setToolCallbacks(List.of());
		assertThat(this.decoder.decode(new Prompt("Hi", options)).toolChoice()).isNull();
	}

}
