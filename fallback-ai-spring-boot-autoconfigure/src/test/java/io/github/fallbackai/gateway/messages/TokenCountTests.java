// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.net.http.HttpResponse;

import com.anthropic.models.messages.MessageCountTokensParams;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.ProviderError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Anthropic counts the tokens of a request. Where it cannot, they are estimated.
 */
class TokenCountTests {

	private static final String PATH = "/v1/messages/count_tokens";

	private static final String REQUEST = """
			{"model":"%s","system":[{"type":"text","text":"one two"}],"new_member":1,
			"tools":[{"name":"look","input_schema":{"type":"object"}}],
			"messages":[{"role":"user","content":"three four five"}]}""";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second, "--fallback.ai.endpoints[4].timeout.first-content=500ms",
				"--fallback.ai.endpoints[4].parameters.default.top_k=5",
				"--fallback.ai.overrides.second-anthropic.model-group=first-anthropic");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@Test
	void isThatOfTheProvider() {
		HttpResponse<String> response = gateway.post(PATH, REQUEST.formatted("anthropic-openai"), "anthropic-beta",
				"token-counting-2024-11-01");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(tokens(response)).isEqualTo(5);
		assertThat(response.headers().firstValue("x-fallback-ai-estimated")).isEmpty();
		assertThat(response.headers().firstValue("x-fallback-ai-endpoint")).contains("first-anthropic");
		RecordedRequest request = first.requests().get(0);
		assertThat(request.path()).endsWith(PATH);
		assertThat(request.header("x-api-key")).isEqualTo("sk-test-of-first");
		assertThat(request.header("anthropic-beta")).isEqualTo("token-counting-2024-11-01");
		JsonNode asked = MessagesGateway.json(REQUEST.formatted("first-model"));
		assertThat(request.body()).isEqualTo(asked);
	}

	@Test
	void reachesTheSdk() {
		MessageCountTokensParams params = MessageCountTokensParams.builder()
			.model("anthropic-openai")
			.addUserMessage("one two")
			.build();
		assertThat(gateway.client().messages().countTokens(params).validate().inputTokens()).isEqualTo(2);
	}

	@Test
	void isThatOfTheSameModelElsewhereIfTheFirstEndpointCannotSay() {
		first.always(Outcome.status(529));
		HttpResponse<String> response = gateway.post(PATH, REQUEST.formatted("anthropic-anthropic"));
		assertThat(tokens(response)).isEqualTo(5);
		assertThat(response.headers().firstValue("x-fallback-ai-estimated")).isEmpty();
		assertThat(second.requests()).hasSize(1);
	}

	/** Counting is limited apart from messages, and may be missing altogether. */
	@ParameterizedTest
	@ValueSource(ints = { 404, 429, 500, 529 })
	void isAnEstimateIfNoneCanSayAndSaysNothingAboutMessages(int status) {
		first.always(Outcome.status(status));
		for (int time = 0; time < 4; time++) {
			HttpResponse<String> response = gateway.post(PATH, REQUEST.formatted("anthropic-openai"));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(tokens(response)).isPositive();
			assertThat(response.headers().firstValue("x-fallback-ai-estimated")).contains("true");
		}
		assertThat(first.requests()).hasSize(4);
		first.always(Outcome.answer("Hello."));
		HttpResponse<String> message = gateway.post("/v1/messages",
				REQUEST.formatted("anthropic-openai").replace("\"system\"", "\"max_tokens\":9,\"system\""));
		assertThat(message.headers().firstValue("x-fallback-ai-endpoint")).contains("first-anthropic");
		assertThat(message.headers().firstValue("x-fallback-ai-attempts")).contains("1");
	}

	@Test
	void isAnEstimateIfTheProviderSaysNothing() {
		first.always(Outcome.healthy().hangBeforeHeaders());
		HttpResponse<String> response = gateway.post(PATH, REQUEST.formatted("anthropic-openai"));
		assertThat(tokens(response)).isPositive();
		assertThat(response.headers().firstValue("x-fallback-ai-estimated")).contains("true");
	}

	@Test
	void isAnEstimateWhereTheProviderDoesNotCount() {
		HttpResponse<String> response = gateway.post(PATH, REQUEST.formatted("openai-anthropic"));
		assertThat(tokens(response)).isPositive();
		assertThat(response.headers().firstValue("x-fallback-ai-estimated")).contains("true");
		assertThat(first.requests()).isEmpty();
	}

	@Test
	void isRefusedAsTheProviderRefusesIt() {
		first.always(Outcome.error(ProviderError.of(400).withMessage("messages.0: wrong")));
		HttpResponse<String> response = gateway.post(PATH, REQUEST.formatted("anthropic-openai"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("invalid_request_error", "messages.0: wrong");
	}

	private static long tokens(HttpResponse<String> response) {
		return MessagesGateway.json(response).path("input_tokens").asLong();
	}

}
