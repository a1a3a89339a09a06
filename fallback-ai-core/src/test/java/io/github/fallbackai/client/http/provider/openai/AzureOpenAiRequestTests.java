// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.net.URI;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.AuthScheme;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how {@link AzureOpenAiDialect} writes requests.
 */
class AzureOpenAiRequestTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			https://r.openai.azure.com,        /openai/deployments/model-a/chat/completions?api-version=2024-10-21
			https://r.openai.azure.com/,       /openai/deployments/model-a/chat/completions?api-version=2024-10-21
			https://r.openai.azure.com/openai, /openai/deployments/model-a/chat/completions?api-version=2024-10-21
			https://gateway/ai?sub=1,    /ai/openai/deployments/model-a/chat/completions?sub=1&api-version=2024-10-21
			https://gateway?api-version=2025-01-01, /openai/deployments/model-a/chat/completions?api-version=2025-01-01
			https://gateway/d/x/chat/completions,              /d/x/chat/completions?api-version=2024-10-21
			https://r.openai.azure.com/openai/v1/,             /openai/v1/chat/completions
			https://r.openai.azure.com/openai/v1/chat/completions, /openai/v1/chat/completions
			""")
	void buildsTheAddressOfTheDeployment(URI url, String expected) {
		URI operation = encode(endpoint().url(url)).uri();
		assertThat(operation.getAuthority()).isEqualTo(url.getAuthority());
		assertThat(operation).hasToString("https://" + url.getAuthority() + expected);
	}

	@Test
	void usesTheEndpointsDeploymentAndVersion() {
		assertThat(encode(endpoint().option("deployment", "my chat").option("api-version", "2025-04-01-preview")).uri())
			.hasToString("https://r.openai.azure.com/openai/deployments/my%20chat/chat/completions"
					+ "?api-version=2025-04-01-preview");
	}

	@Test
	void sendsKeysInAHeaderOfTheirOwnAndTokensAsBearers() {
		assertThat(encode(endpoint()).headers()).containsEntry("api-key", "sk-1").doesNotContainKey("Authorization");
		assertThat(encode(endpoint().auth(AuthScheme.BEARER)).headers()).containsEntry("Authorization", "Bearer sk-1")
			.doesNotContainKey("api-key");
	}

	@Test
	void writesTheBodyOfOpenAiWithTheNewNameOfTheTokenLimit() {
		JsonNode body = ProviderJson.read(encode(endpoint()).body());
		assertThat(body).isEqualTo(ProviderJson.read("""
				{"model":"model-a","messages":[{"role":"user","content":"Hi"}],"max_completion_tokens":9,
				"stream":true,"stream_options":{"include_usage":true}}"""));
	}

	@Test
	void hasNoUrlForEverybody() {
		assertThat(new AzureOpenAiDialect().defaultUrl()).isNull();
	}

	private static WireRequest encode(EndpointBuilder endpoint) {
		ChatRequest request = ChatRequest.builder().user("Hi").maxTokens(9).build();
		return new AzureOpenAiDialect().encode(new EndpointRequest(endpoint.build(), request, true));
	}

	private static EndpointBuilder endpoint() {
		return Endpoint.named("primary")
			.provider("azure-openai")
			.url(URI.create("https://r.openai.azure.com"))
			.model("model-a")
			.apiKey(ApiKey.of("sk-1"));
	}

}
