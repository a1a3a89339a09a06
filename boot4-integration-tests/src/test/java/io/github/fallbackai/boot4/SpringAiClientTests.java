// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.boot4;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.fallbackai.gateway.ToolRounds;
import io.github.fallbackai.gateway.messages.MessagesGateway;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.ProviderRules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring AI 2 as a client of a gateway on Spring Boot 4. It runs its own tools while the
 * first provider dies at another event of each answer.
 */
class SpringAiClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static final AtomicInteger requests = new AtomicInteger();

	private static MessagesGateway gateway;

	private final Tools tools = new Tools();

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	static Stream<Arguments> cases() {
		return MessagesGateway.KINDS.stream()
			.flatMap((kind) -> Stream.of(true, false).map((streamed) -> Arguments.of(kind, streamed)));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void runsItsToolsOnce(String kind, boolean streamed) {
		first.rules(ProviderRules.STRICT);
		second.rules(ProviderRules.STRICT);
		first.script((request) -> ToolRounds.answer(request).cutAfterEvents(requests.incrementAndGet() % 14));
		second.script(ToolRounds::answer);
		gateway.reset();
		List<String> others = MessagesGateway.KINDS;
		String other = others.get((others.indexOf(kind) + (streamed ? 1 : 2)) % others.size());
		ChatClient.ChatClientRequestSpec question = client(kind + '-' + other).prompt("Hi").tools(this.tools);
		String answer = streamed
				? question.stream().content().collectList().map((texts) -> String.join("", texts)).block(PATIENCE)
				: question.call().content();
		assertThat(answer).endsWith(ToolRounds.ANSWER);
		assertThat(this.tools.looked).containsExactlyElementsOf(ToolRounds.LOOKS);
		assertThat(second.requests()).isNotEmpty();
	}

	private static ChatClient client(String model) {
		OpenAiChatOptions options = OpenAiChatOptions.builder()
			.baseUrl(gateway.url() + "/v1")
			.apiKey(MessagesGateway.KEY)
			.model(model)
			.maxRetries(0)
			.build();
		return ChatClient.create(OpenAiChatModel.builder().options(options).build());
	}

	/** The tools of the client, which note what they were asked. */
	public static final class Tools {

		private final List<String> looked = new ArrayList<>();

		@Tool(description = "Looks at the sky")
		public synchronized String look(String place, int round) {
			this.looked.add(place + ' ' + round);
			return ToolRounds.RESULT + round;
		}

	}

}
