// SPDX-License-Identifier: Apache-2.0
package org.springframework.ai.google.genai;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.retry.support.RetryTemplate;

/**
 * Stands in for the model of that name, which is recognised by it. The real one would
 * bring Google's SDK to the class path.
 */
public class GoogleGenAiChatModel implements ChatModel {

	/** What it was asked. */
	public final List<Prompt> prompts = new ArrayList<>();

	private final RetryTemplate retryTemplate = RetryTemplate.builder().maxAttempts(3).fixedBackoff(1).build();

	@Override
	public ChatResponse call(Prompt prompt) {
		this.prompts.add(prompt);
		return this.retryTemplate.execute((retry) -> new ChatResponse(List.of(new Generation(new AssistantMessage("Hi"),
				ChatGenerationMetadata.builder().finishReason("STOP").build()))));
	}

}
