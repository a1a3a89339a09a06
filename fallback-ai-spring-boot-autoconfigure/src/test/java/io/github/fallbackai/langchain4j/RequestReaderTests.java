// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.langchain4j;

import java.util.List;
import java.util.Map;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ToolResultMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestReaderTests {

	@Test
	void parametersThatSomeProvidersKnowGoToAllOfThese() {
		io.github.fallbackai.chat.ChatRequest read = new RequestReader(ChatOptions.DEFAULTS).read(ChatRequest.builder()
			.messages(UserMessage.from("Hi"))
			.parameters(ChatRequestParameters.builder().topK(7).frequencyPenalty(0.75).presencePenalty(0.25).build())
			.build());
		for (String provider : List.of("openai", "azure-openai")) {
			assertThat(read.extras(provider))
				.containsExactlyInAnyOrderEntriesOf(Map.of("frequency_penalty", 0.75, "presence_penalty", 0.25));
		}
		assertThat(read.extras("spring-ai"))
			.containsExactlyInAnyOrderEntriesOf(Map.of("frequencyPenalty", 0.75, "presencePenalty", 0.25, "topK", 7));
		assertThat(read.extras("anthropic")).containsExactlyEntriesOf(Map.of("top_k", 7));
	}

	@Test
	void theTextsOfAResultAreOne() {
		ToolExecutionResultMessage result = result().contents(TextContent.from("Rain"), TextContent.from("7 degrees"))
			.build();
		assertThat(((ToolResultMessage) MessageReader.read(result)).content()).isEqualTo("Rain\n7 degrees");
	}

	@Test
	void aResultThatIsNoTextIsRefused() {
		ToolExecutionResultMessage result = result()
			.contents(ImageContent.from(Image.builder().base64Data("aGk=").mimeType("image/png").build()))
			.build();
		assertThatExceptionOfType(UnsupportedFeatureException.class).isThrownBy(() -> MessageReader.read(result))
			.withMessageContaining("IMAGE");
	}

	/** Not every provider has a mark for it, so the model is told in words. */
	@ParameterizedTest
	@CsvSource({ "No such city, true, Error: No such city", "error: no such city, true, error: no such city",
			"Rain, false, Rain", "Rain, , Rain" })
	void aResultSaysWhenTheToolFailed(String text, Boolean error, String read) {
		assertThat(((ToolResultMessage) MessageReader.read(result().text(text).isError(error).build())).content())
			.isEqualTo(read);
	}

	/** An exception with the bytes would bring them into a log. */
	@Test
	void noExceptionQuotesAnImage() {
		UserMessage message = UserMessage.from(ImageContent.from(Image.builder().base64Data("c2Vj cmV0").build()));
		assertThatIllegalArgumentException().isThrownBy(() -> MessageReader.read(message))
			.withMessageNotContaining("c2Vj");
	}

	private static ToolExecutionResultMessage.Builder result() {
		return ToolExecutionResultMessage.builder().id("c1").toolName("weather");
	}

}
