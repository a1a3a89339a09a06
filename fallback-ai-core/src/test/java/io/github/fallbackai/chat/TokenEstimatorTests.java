// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.net.URI;
import java.util.List;

import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenEstimatorTests {

	private static final Endpoint ENDPOINT = Endpoint.named("any")
		.url(URI.create("http://localhost"))
		.model("any")
		.build();

	@Test
	void countsFiveLettersAsOneToken() {
		assertThat(estimate(ChatRequest.of("x".repeat(500)))).isEqualTo(100 + 4);
	}

	@Test
	void countsThreeIdeographsAsTwoTokens() {
		assertThat(estimate(ChatRequest.of("\u6f22".repeat(300)))).isEqualTo(200 + 4);
	}

	@Test
	void countsEverythingThatGoesIn() {
		ChatRequest request = ChatRequest.builder()
			.system("s".repeat(50))
			.message(ChatMessage.user(new TextPart("t".repeat(50)),
					new ImagePart(URI.create("https://example.org/cat.png"))))
			.message(new AssistantMessage("", List.of(new ToolCall("1", "n".repeat(10), "a".repeat(40)))))
			.message(ChatMessage.toolResult("1", "r".repeat(50)))
			.tool(new ToolDefinition("d".repeat(10), "e".repeat(20), "p".repeat(20)))
			.responseFormat(ResponseFormat.jsonSchema("answer", "j".repeat(50)))
			.build();
		assertThat(estimate(request)).isEqualTo(6 * 10 + 85 + 4 * 4);
	}

	private static long estimate(ChatRequest request) {
		return TokenEstimator.ROUGH.inputTokens(request, ENDPOINT);
	}

}
