// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What only some providers can do of a request of Anthropic's API. */
class MessagesElsewhereTests {

	private static final String REQUEST = """
			{"model":"%s-openai","max_tokens":%d,"messages":[{"role":"user","content":"Hi"}]%s}""";

	private static final String NOTHING = """
			{"id":"msg_1","type":"message","role":"assistant","model":"claude-a","content":[],"stop_reason":"max_tokens",
			"stop_sequence":null,"usage":{"input_tokens":3,"cache_creation_input_tokens":2000,"output_tokens":0}}""";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
		first.answers((request) -> "Fine.");
		second.answers((request) -> "Fine.");
	}

	@ParameterizedTest
	@CsvSource({ "2000, 2000", "24576, 24576", "31999, 24576" })
	void thinksNoMoreThanGeminiAllows(int asked, int expected) {
		JsonNode sent = sent(REQUEST.formatted("gemini", 32_000,
				",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + asked + "}"));
		assertThat(sent.at("/generationConfig/thinkingConfig/thinkingBudget").asInt()).isEqualTo(expected);
	}

	@Test
	void leavesASchemaWhereTheClientHasIt() {
		String format = "{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}";
		JsonNode sent = sent(REQUEST.formatted("anthropic", 100, ",\"output_format\":" + format));
		assertThat(sent.path("output_format").toString()).isEqualTo(format);
		assertThat(sent.has("output_config")).isFalse();
		sent = sent(REQUEST.formatted("anthropic", 100, ",\"output_config\":{\"format\":" + format + "}"));
		assertThat(sent.has("output_format")).isFalse();
		assertThat(sent.at("/output_config/format").toString()).isEqualTo(format);
	}

	private static JsonNode sent(String request) {
		int before = first.requestCount();
		HttpResponse<String> response = gateway.post("/v1/messages", request);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return first.requests().get(before).body();
	}

	/** A stream would be refused, so it is none although whole answers are streamed. */
	@Test
	void fillsTheCacheWithoutAnAnswer() {
		first.always(Outcome.raw(200, "application/json", NOTHING));
		int before = first.requestCount();
		for (int call = 0; call < 30; call++) {
			HttpResponse<String> response = gateway.post("/v1/messages", REQUEST.formatted("anthropic", 0, ""));
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			assertThat(response.headers().firstValue("x-fallback-ai-endpoint")).contains("first-anthropic");
			JsonNode message = MessagesGateway.json(response);
			assertThat(message.path("content").isEmpty()).isTrue();
			assertThat(message.path("stop_reason").asText()).isEqualTo("max_tokens");
			assertThat(message.at("/usage/cache_creation_input_tokens").asInt()).isEqualTo(2000);
		}
		assertThat(first.requestCount() - before).isEqualTo(30);
		assertThat(first.requests().get(before).body().path("max_tokens").asInt(-1)).isZero();
		assertThat(first.requests().get(before).body().path("stream").asBoolean()).isFalse();
	}

	/** No other provider could, so none is asked. */
	@ParameterizedTest
	@ValueSource(strings = { "openai", "responses", "gemini" })
	void asksNoOtherProviderForNothing(String kind) {
		int before = first.requestCount() + second.requestCount();
		HttpResponse<String> response = gateway.post("/v1/messages", REQUEST.formatted(kind, 0, ""));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(MessagesGateway.json(response).at("/error/message").asText()).contains("max_tokens");
		assertThat(first.requestCount() + second.requestCount()).isEqualTo(before);
		first.always(Outcome.status(500));
		response = gateway.post("/v1/messages", REQUEST.formatted("anthropic", 0, ""));
		assertThat(response.statusCode()).isGreaterThanOrEqualTo(500);
	}

}
