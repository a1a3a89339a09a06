// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each response and each event has what the Open Responses specification requires.
 */
class OpenResponsesTests {

	private static final String BARE = "{\"model\":\"auto\",\"input\":\"Hi\"}";

	private static final String FULL = """
			{"model":"auto","input":"Hi","instructions":"Be brief.","temperature":0.5,"top_p":0.9,"max_output_tokens":100,
			"top_logprobs":2,"presence_penalty":0.5,"frequency_penalty":-0.5,"max_tool_calls":3,"metadata":{"k":"v"},
			"reasoning":{"effort":"low"},"text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"}}},
			"tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]},
			"tools":[{"type":"function","name":"f"}],"safety_identifier":"s","prompt_cache_key":"k","service_tier":"auto"}
			""";

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	private static GatewayServer gateway;

	@BeforeAll
	static void start() {
		gateway = GatewayServer.withoutBreakers(CallSettings.DEFAULTS,
				ResponsesFixture.endpoint(provider, ResponsesFixture.RESPONSES));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { BARE, FULL })
	void describesAnswers(String request) {
		provider.always(Outcome.answer(Answer.text("Fine.").withReasoning("Hm.")));
		check(request);
	}

	@ParameterizedTest
	@ValueSource(strings = { BARE, FULL })
	void describesCalls(String request) {
		provider.always(Outcome.answer(Answer.toolCalls(ToolCall.of("f", "{}"))));
		check(request);
	}

	private static JsonNode check(String request) {
		RawResponse whole = ResponsesFixture.post(gateway, request);
		assertThat(whole.status()).as(whole.body()).isEqualTo(200);
		JsonNode response = ResponseEvents.json(whole.body());
		OpenResponsesShape.checkResponse(response);
		// Each event is checked as it is read.
		ResponsesFixture.stream(gateway, request.replace("{\"model\"", "{\"stream\":true,\"model\""));
		return response;
	}

	@Test
	void namesWhatHoldsIfTheClientSaysNothing() {
		provider.always(Outcome.answer("Fine."));
		JsonNode response = check(BARE);
		assertThat(response.path("temperature").asDouble()).isEqualTo(1);
		assertThat(response.path("top_p").asDouble()).isEqualTo(1);
		assertThat(response.path("presence_penalty").asDouble()).isZero();
		assertThat(response.path("frequency_penalty").asDouble()).isZero();
		assertThat(response.path("top_logprobs").asInt(-1)).isZero();
	}

	@Test
	void endsWithItsMark() {
		provider.always(Outcome.answer("Fine."));
		assertThat(ResponsesFixture.post(gateway, BARE.replace("{", "{\"stream\":true,")).body())
			.endsWith("}\n\ndata: [DONE]\n\n");
		provider.always(Outcome.answer("One two three four.").cutAfterEvents(6));
		String failed = ResponsesFixture.post(gateway, BARE.replace("{", "{\"stream\":true,")).body();
		assertThat(failed).endsWith("}\n\ndata: [DONE]\n\n").containsOnlyOnce("[DONE]");
	}

	/** A price is told as it was used, not as it was asked for. */
	@Test
	void namesTheServiceTierThatWasUsed() {
		provider.always(Outcome.raw(200, "application/json", """
				{"id":"resp_9","object":"response","status":"completed","model":"m","service_tier":"priority",
				"output":[{"type":"message","id":"msg_9","role":"assistant","status":"completed",
				"content":[{"type":"output_text","text":"Fine.","annotations":[]}]}]}"""));
		assertThat(check(BARE.replace("}", ",\"service_tier\":\"auto\"}")).path("service_tier").asText())
			.isEqualTo("priority");
		provider.always(Outcome.answer("Fine."));
		assertThat(check(BARE.replace("}", ",\"service_tier\":\"auto\"}")).path("service_tier").asText())
			.isEqualTo("default");
	}

}
