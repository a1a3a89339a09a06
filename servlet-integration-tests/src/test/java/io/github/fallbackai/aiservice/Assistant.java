// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.aiservice;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.spring.AiService;

import static dev.langchain4j.service.spring.AiServiceWiringMode.EXPLICIT;

/**
 * A service as {@code docs/langchain4j.md} has it.
 */
@AiService(wiringMode = EXPLICIT, chatModel = "fallbackAiChatModel",
		streamingChatModel = "fallbackAiStreamingChatModel", chatMemoryProvider = "chatMemoryProvider",
		tools = "weather")
interface Assistant {

	String answer(@MemoryId String user, @UserMessage String question);

	TokenStream stream(@MemoryId String user, @UserMessage String question);

}
