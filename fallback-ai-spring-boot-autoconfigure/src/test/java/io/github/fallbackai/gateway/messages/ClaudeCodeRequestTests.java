// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request as coding agents send it: much of it is known to Anthropic only.
 */
class ClaudeCodeRequestTests {

	private static final String BETA = "claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27";

	private static final String REQUEST = """
			{"model":"%s","max_tokens":32000,"stream":true,"temperature":1,
			"system":[{"type":"text","text":"You are an agent.","cache_control":{"type":"ephemeral"}},
				{"type":"text","text":"Work in /work.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
			"messages":[
				{"role":"user","content":[{"type":"text","text":"<reminder>Be brief.</reminder>"},
					{"type":"text","text":"Read a.png and b.txt"}]},
				{"role":"assistant","content":[
					{"type":"thinking","thinking":"I have to read them.","signature":"c2lnbmVk"},
					{"type":"text","text":"I read them.","citations":[{"type":"page_location"}]},
					{"type":"tool_use","id":"toolu_01","name":"Read","input":{"path":"a.png","limit":1.50}},
					{"type":"tool_use","id":"toolu_02","name":"Read","input":{"path":"b.txt"},"caller":{"type":"direct"}}]},
				{"role":"user","content":[
					{"type":"tool_result","tool_use_id":"toolu_01","content":[{"type":"text","text":"An image:"},
						{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}}]},
					{"type":"tool_result","tool_use_id":"toolu_02","is_error":true,"content":"no such file"},
					{"type":"text","text":"Go on.","cache_control":{"type":"ephemeral"}}]}],
			"tools":[TOOLS],
			"tool_choice":{"type":"auto","disable_parallel_tool_use":true},
			"metadata":{"user_id":"user_5f2c_account__session_8a1b"},
			"thinking":{"type":"enabled","budget_tokens":31999},
			"context_management":{"edits":[{"type":"clear_thinking_20251015","keep":"all"}]},
			"new_member":[1,{"a":null}]}"""
		.replace("TOOLS", tools());

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	private static String tools() {
		ArrayNode tools = GatewayJson.object().putArray("tools");
		for (int number = 0; number < 20; number++) {
			ObjectNode tool = tools.addObject().put("name", (number == 0) ? "Read" : "Tool" + number);
			tool.put("description", "Does something").put("eager_input_streaming", true);
			tool.putObject("input_schema").put("type", "object").putObject("properties").putObject("path");
		}
		String text = tools.toString();
		return text.substring(1, text.length() - 1);
	}

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
	}

	@Test
	void reachesAnthropicAsItCame() {
		first.always(Outcome.answer("Done."));
		MessageStreamCheck check = ask("anthropic-openai");
		assertThat(check.text()).isEqualTo("Done.");
		RecordedRequest request = first.requests().get(0);
		assertThat(request.header("anthropic-beta")).isEqualTo(BETA);
		assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
		assertThat(request.header("x-api-key")).isEqualTo("sk-test-of-first");
		ObjectNode expected = asked("anthropic-openai").put("model", "first-model");
		assertThat(request.body()).isEqualTo(ProviderJson.read(expected.toString()));
	}

	@Test
	void reachesTheNextAnthropicAsItCame() {
		first.always(Outcome.answer("Almost done with it now.").cutAfterTokens(3));
		second.answers((request) -> "Almost done with it now.");
		assertThat(ask("anthropic-anthropic").text()).isEqualTo("Almost done with it now.");
		JsonNode body = second.requests().get(0).body();
		ObjectNode expected = asked("anthropic-anthropic");
		assertThat(body.path("messages")).hasSize(5);
		assertThat(body.at("/messages/2")).isEqualTo(expected.at("/messages/2"));
		assertThat(body.path("system")).isEqualTo(expected.path("system"));
		assertThat(body.path("context_management")).isEqualTo(expected.path("context_management"));
		assertThat(body.at("/messages/3/role").asText()).isEqualTo("assistant");
		assertThat(second.requests().get(0).header("anthropic-beta")).isEqualTo(BETA);
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "responses", "gemini" })
	void reachesOthersInTheirWords(String kind) {
		first.always(Outcome.answer(Answer.text("Done.")));
		assertThat(ask(kind + "-openai").text()).isEqualTo("Done.");
		RecordedRequest request = first.requests().get(0);
		String body = request.body().toString();
		assertThat(body).contains("You are an agent.", "Work in /work.", "Error: no such file", "An image:", "AQID",
				"Go on.", "Tool19");
		assertThat(body).doesNotContain("cache_control", "context_management", "new_member", "c2lnbmVk",
				"I have to read them", "eager_input_streaming");
		assertThat(request.header("anthropic-beta")).isNull();
		assertThat(request.header("x-api-key")).isNull();
	}

	private static ObjectNode asked(String model) {
		return GatewayJson.read(REQUEST.formatted(model).getBytes()).object();
	}

	private static MessageStreamCheck ask(String model) {
		return MessageStreamCheck.of(
				gateway
					.post("/v1/messages?beta=true", REQUEST.formatted(model), "anthropic-beta", BETA, "x-app", "cli",
							"user-agent", "claude-cli/2.1.0 (external, cli)")
					.body());
	}

}
