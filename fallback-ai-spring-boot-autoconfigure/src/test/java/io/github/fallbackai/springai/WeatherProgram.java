// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.tool.annotation.Tool;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A program as Spring AI's users write it, with nothing of this library in it: a chat
 * client with a tool and a memory, beside another chat model.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WeatherProgram {

	static final String OTHER = "What the other model says";

	@Bean
	Weather weather() {
		return new Weather();
	}

	@Bean
	Assistant assistant(ChatClient.Builder client, Weather weather) {
		return new Assistant(client, weather);
	}

	@Bean
	ChatModel otherModel() {
		return (prompt) -> new ChatResponse(List.of(new Generation(new AssistantMessage(OTHER))));
	}

	/**
	 * The tool.
	 */
	static class Weather {

		final AtomicInteger calls = new AtomicInteger();

		@Tool(description = "Tells the weather of a city")
		String weather(String city) {
			this.calls.incrementAndGet();
			return "Rain in " + city;
		}

	}

	/**
	 * What the program offers its users.
	 */
	static class Assistant {

		private final ChatClient client;

		Assistant(ChatClient.Builder client, Weather weather) {
			ChatMemory memory = MessageWindowChatMemory.builder().build();
			this.client = client.defaultTools(weather)
				.defaultSystem("You are brief.")
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
				.build();
		}

		String stream(String conversation, String question) {
			return String.join("", ask(conversation, question).stream().content().collectList().block());
		}

		String call(String conversation, String question) {
			return ask(conversation, question).call().content();
		}

		Forecast forecast(String question) {
			return ask("forecast", question).call().entity(Forecast.class);
		}

		ChatResponse response(String conversation, String question) {
			return ask(conversation, question).call().chatResponse();
		}

		private ChatClient.ChatClientRequestSpec ask(String conversation, String question) {
			return this.client.prompt()
				.user(question)
				.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, conversation));
		}

	}

	/**
	 * A structured answer.
	 *
	 * @param city where
	 * @param weather how it is
	 */
	record Forecast(String city, String weather) {

	}

}
