// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.aiservice;

import java.util.concurrent.atomic.AtomicInteger;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * An application with a chat model beside those of this library.
 */
@SpringBootApplication
class AssistantApplication {

	@Bean
	ChatModel otherModel() {
		return new ChatModel() {

			@Override
			public ChatResponse doChat(ChatRequest request) {
				return ChatResponse.builder().aiMessage(AiMessage.from("Another model")).build();
			}

		};
	}

	@Bean
	ChatMemoryProvider chatMemoryProvider() {
		return (user) -> MessageWindowChatMemory.withMaxMessages(20);
	}

	@Bean
	Weather weather() {
		return new Weather();
	}

	/**
	 * A tool that counts its calls.
	 */
	static class Weather {

		final AtomicInteger calls = new AtomicInteger();

		@Tool("The weather of a city")
		String weather(String city) {
			this.calls.incrementAndGet();
			return "Rain in " + city;
		}

	}

}
