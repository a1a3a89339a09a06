// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An agent behind the gateway finds its conversation in the provider's prompt cache.
 */
class CachedPromptsTests {

	private static final String MARK = "\"cache_control\":{\"type\":\"ephemeral\"}";

	private static final String REQUEST = """
			{"model":"auto","prompt_cache_key":"%s","tools":[
				{"type":"function","function":{"name":"note","description":"Notes it","parameters":
					{"type":"object","properties":{"z":{"type":"string"},"a":{"type":"string"}}}}},
				{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}],
			"messages":[{"role":"system","content":[{"type":"text","text":"Be an agent."}]},
				{"role":"user","content":[{"type":"text","text":"Look around.",%s}]}]}""".formatted("k".repeat(80),
			MARK);

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	@ParameterizedTest
	@CsvSource({ "openai, chat", "openai, responses", "anthropic, auto" })
	void everythingThatWasAskedBeforeComesFromTheCache(String kind, String api) {
		provider.rules(ProviderRules.STRICT);
		provider.promptCache(true);
		provider.script((request) -> Outcome.answer(Answer.standard()
			.withReasoning("Hm.")
			.withToolCalls(
					new ToolCall("call_" + request.index(), "look", "{\"b\":1,\"a\":" + request.index() + "}"))));
		ObjectNode request = (ObjectNode) GatewayJson.read(REQUEST.getBytes()).value();
		Endpoint endpoint = Endpoint.named("primary")
			.provider(kind)
			.url(URI.create(provider.url()))
			.model("model-a")
			.limits(Patience.LIMITS)
			.option("api", api)
			.build();
		try (GatewayServer gateway = GatewayServer.before(endpoint)) {
			int before = 0;
			for (int turn = 0; turn < 6; turn++) {
				JsonNode answer = RawResponse.post(gateway, request.toString()).json();
				JsonNode details = answer.at("/usage/prompt_tokens_details");
				int tokens = answer.at("/usage/prompt_tokens").intValue();

				assertThat(details.path("cached_tokens").intValue()).as("%s", answer).isEqualTo(before);
				if (kind.equals("anthropic")) {
					assertThat(details.path("cache_write_tokens").intValue()).isEqualTo(tokens - before);
				}
				before = tokens;
				goOn((ArrayNode) request.path("messages"), answer.at("/choices/0/message"));
			}
		}
		// Chat completions refuse thoughts once, and are asked without them from then on.
		assertThat(provider.requests())
			.allMatch((sent) -> sent.refusal() == null || sent.refusal().contains("reasoning_content"));
		assertThat(provider.requests()).extracting((sent) -> sent.body().path("prompt_cache_key").asText().length())
			.containsOnly(kind.equals("anthropic") ? 0
					: provider.requests().get(0).body().path("prompt_cache_key").asText().length())
			.allMatch((length) -> length <= 64);
	}

	private static void goOn(ArrayNode messages, JsonNode said) {
		messages.add(said);
		messages.addObject()
			.put("role", "tool")
			.put("tool_call_id", said.at("/tool_calls/0/id").asText())
			.put("content", "A tree.")
			.putObject("cache_control")
			.put("type", "ephemeral");
	}

}
