// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingManager;

import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

}
