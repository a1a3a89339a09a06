// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tokens;

import java.net.URI;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JtokkitTokenEstimatorTests {

	private final TokenEstimator estimator = new JtokkitTokenEstimator();

	@Test
	void countsAsTheModelDoes() {
		ChatRequest request = ChatRequest.of("hello world");
		assertThat(this.estimator.inputTokens(request, endpoint("gpt-4o"))).isEqualTo(2 + 3);
		assertThat(this.estimator.inputTokens(request, endpoint("gpt-4"))).isEqualTo(2 + 3);
	}

	@Test
	void takesMarkersInThePromptForText() {
		assertThat(this.estimator.inputTokens(ChatRequest.of("<|endoftext|>"), endpoint("gpt-4o"))).isGreaterThan(5);
	}

	@Test
	void estimatesModelsThatItDoesNotKnow() {
		ChatRequest request = ChatRequest.of("x".repeat(500));
		Endpoint unknown = endpoint("llama-3.3-70b");
		assertThat(this.estimator.inputTokens(request, unknown))
			.isEqualTo(TokenEstimator.ROUGH.inputTokens(request, unknown));
	}

	private static Endpoint endpoint(String model) {
		return Endpoint.named("any").url(URI.create("http://localhost")).model(model).build();
	}

}
