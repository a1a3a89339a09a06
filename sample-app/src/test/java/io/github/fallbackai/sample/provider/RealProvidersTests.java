// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ActiveProfiles("real")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "OPENAI_API_KEY=test-key", "ANTHROPIC_API_KEY=test-key", "MISTRAL_API_KEY=", "GROQ_API_KEY=",
				"OPENROUTER_API_KEY=", "OLLAMA_ENABLED=true", "OPENAI_MODEL=some-model" })
@Tag("slow")
class RealProvidersTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private ObjectProvider<SimulatedProviders> simulatedProviders;

	@Test
	void listsTheProvidersThatHaveAKeyAndSimulatesNone() {
		this.client.get()
			.uri("/api/providers")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$[*].name")
			.value((Iterable<String> names) -> assertThat(names).containsExactly("openai", "anthropic", "ollama"))
			.jsonPath("$[0].model")
			.isEqualTo("some-model")
			.jsonPath("$[0].mode")
			.isEmpty()
			.jsonPath("$[0].requests")
			.isEmpty()
			.jsonPath("$[0].circuitBreaker")
			.isEqualTo("CLOSED");
		assertThat(this.simulatedProviders.getIfAvailable()).isNull();
	}

	@Test
	void cannotBreakThem() {
		this.client.put()
			.uri("/api/providers/openai")
			.bodyValue(Map.of("mode", "500"))
			.exchange()
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.error")
			.value((String error) -> assertThat(error).startsWith("These are real providers"));
	}

}
