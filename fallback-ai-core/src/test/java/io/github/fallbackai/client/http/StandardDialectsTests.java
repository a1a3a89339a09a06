// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.net.URI;
import java.util.stream.Stream;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every provider says about itself.
 */
class StandardDialectsTests {

	static Stream<Dialect> dialects() {
		return StandardDialects.all().stream();
	}

	@Test
	void everyProviderHasANameOfItsOwn() {
		assertThat(dialects().map(Dialect::provider)).containsExactly("openai", "azure-openai", "anthropic", "gemini");
	}

	@Test
	void knowsEveryHeaderThatAKeyTravelsIn() {
		assertThat(StandardDialects.keyHeaders()).containsExactlyInAnyOrder("Authorization", "api-key", "x-api-key",
				"x-goog-api-key");
		assertThat(StandardDialects.keyHeaders().contains("X-API-Key")).isTrue();
	}

	@ParameterizedTest
	@MethodSource("dialects")
	void sendsTheKeyInTheHeaderThatItNames(Dialect dialect) {
		Endpoint endpoint = Endpoint.named("one")
			.provider(dialect.provider())
			.url(URI.create("https://llm.example.org"))
			.model("large")
			.apiKey(ApiKey.of("sk-secret"))
			.build();
		String header = dialect.authentication().keyHeader(null);
		assertThat(dialect.encode(new EndpointRequest(endpoint, ChatRequest.of("Hi"), true)).headers().get(header))
			.endsWith("sk-secret");
	}

	@ParameterizedTest
	@MethodSource("dialects")
	void neverGivesUpTheConversation(Dialect dialect) {
		Endpoint endpoint = Endpoint.named("one")
			.provider(dialect.provider())
			.url(URI.create("https://llm.example.org"))
			.model("large")
			.build();
		byte[] body = dialect.encode(new EndpointRequest(endpoint, ChatRequest.of("Hi"), false)).body();
		assertThat(dialect.essentialParameters()).contains("tools")
			.containsAnyElementsOf(() -> ProviderJson.read(body).fieldNames());
	}

}
