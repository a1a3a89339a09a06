// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.time.Duration;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.GatewaySettings;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests as a coding agent sends them: without a memory, with tools in namespaces,
 * tools with free input and tools of the provider.
 */
class CodexRequestTests {

	private static final String TOOLS = """
			"tools": [
			  {"type": "function", "name": "exec_command", "description": "Runs a command.", "strict": false,
			   "parameters": {"type": "object", "properties": {"cmd": {"type": "string"}}}},
			  {"type": "custom", "name": "apply_patch", "description": "Edits files.",
			   "format": {"type": "grammar", "syntax": "lark", "definition": "start: begin_patch"}},
			  {"type": "web_search", "external_web_access": false},
			  {"type": "namespace", "name": "mcp__files", "description": "All about files.", "tools": [
			    {"type": "function", "name": "read", "description": "Reads.", "strict": false,
			     "parameters": {"type": "object"}},
			    {"type": "custom", "name": "note", "description": "Notes."}]}]""";

	private static final String REST = """
			"model": "auto", "instructions": "You are a coding agent.", "tool_choice": "auto", %s,
			"parallel_tool_calls": true, "reasoning": {"effort": "high", "summary": "auto"}, "store": false,
			"stream": true, "include": ["reasoning.encrypted_content"], "prompt_cache_key": "thread-1",
			"text": {"verbosity": "low"}, "client_metadata": {"x": "y"}""".formatted(TOOLS);

	private static final String QUESTION = "{\"type\":\"message\",\"role\":\"user\",\"content\":"
			+ "[{\"type\":\"input_text\",\"text\":\"Fix the bug.\"}]}";

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	@ParameterizedTest
	@ValueSource(strings = { "openai", ResponsesFixture.RESPONSES, "anthropic", "gemini" })
	void namesToolsAsTheClientDoes(String kind) {
		provider.always(Outcome.answer(
				Answer
					.toolCalls(ToolCall.of("mcp__files__read", "{\"path\":\"a\"}"),
							ToolCall.of("apply_patch", "{\"input\":\"*** Begin Patch\"}"),
							ToolCall.of("mcp__files__note", "{\"input\":\"fixed\"}"))
					.withReasoning("I read first.")));
		try (GatewayServer gateway = leavingOut(kind)) {
			ResponseEvents events = ResponsesFixture.stream(gateway, "{" + REST + ",\"input\":[" + QUESTION + "]}");
			JsonNode read = events.items("function_call").get(0);
			assertThat(read.path("name").textValue()).isEqualTo("read");
			assertThat(read.path("namespace").textValue()).isEqualTo("mcp__files");
			assertThat(events.items("custom_tool_call")).extracting((call) -> call.path("name").textValue())
				.containsExactly("apply_patch", "note");
			assertThat(events.items("custom_tool_call")).extracting((call) -> call.path("input").textValue())
				.containsExactly("*** Begin Patch", "fixed");
			assertThat(events.items("custom_tool_call").get(0).has("namespace")).isFalse();
			provider.always(Outcome.answer("Done."));
			assertThat(ResponsesFixture.stream(gateway, nextTurn(events)).text()).isEqualTo("Done.");
		}
		RecordedRequest second = provider.requests().get(1);
		assertThat(second.body().toString())
			.contains("mcp__files__read", "mcp__files__note", "apply_patch", "Begin Patch", "content of a", "patched",
					"start: begin_patch", "All about files.")
			.doesNotContain("client_metadata", "\"namespace\"");
		assertThat(second.body().toString().contains("web_search")).isEqualTo(kind.equals(ResponsesFixture.RESPONSES));
	}

	private static String nextTurn(ResponseEvents events) {
		StringBuilder input = new StringBuilder(QUESTION);
		events.response().path("output").forEach((item) -> input.append(',').append(item));
		input.append(',').append(output("function_call_output", events.items("function_call").get(0), "content of a"));
		input.append(',').append(output("custom_tool_call_output", events.items("custom_tool_call").get(0), "patched"));
		input.append(',').append(output("custom_tool_call_output", events.items("custom_tool_call").get(1), "noted"));
		return "{" + REST + ",\"input\":[" + input + "]}";
	}

	private static String output(String type, JsonNode call, String output) {
		return "{\"type\":\"" + type + "\",\"call_id\":" + call.path("call_id") + ",\"output\":\"" + output + "\"}";
	}

	@Test
	void asksTheResponsesApiAsTheClientDid() {
		provider.always(Outcome.answer("Done."));
		try (GatewayServer gateway = leavingOut(ResponsesFixture.RESPONSES)) {
			ResponsesFixture.stream(gateway, "{" + REST + ",\"input\":[" + QUESTION + "]}");
		}
		JsonNode body = provider.requests().get(0).body();
		assertThat(body.path("reasoning").toString()).contains("\"effort\":\"high\"", "\"summary\":\"auto\"");
		assertThat(body.path("text").path("verbosity").textValue()).isEqualTo("low");
		assertThat(body.path("store").booleanValue()).isFalse();
		assertThat(body.path("prompt_cache_key").textValue()).isEqualTo("thread-1");
	}

	@Test
	void tellsWhatWasLeftOut() {
		provider.always(Outcome.answer("Done."));
		try (GatewayServer gateway = leavingOut("openai")) {
			RawResponse response = ResponsesFixture.post(gateway, "{" + REST + ",\"input\":\"Hi\"}");
			assertThat(response.header("x-fallback-ai-left-out")).contains("web_search", "client_metadata");
			assertThat(response.header("x-fallback-ai-endpoint")).isEqualTo("primary");
			assertThat(ResponsesFixture.post(gateway, "{\"model\":\"auto\",\"input\":\"Hi\"}")
				.header("x-fallback-ai-left-out")).isNull();
		}
		JsonNode body = provider.requests().get(0).body();
		assertThat(body.path("reasoning_effort").textValue()).isEqualTo("high");
		assertThat(body.has("reasoning")).isFalse();
	}

	@Test
	void refusesToolsOfProvidersUnlessToldOtherwise() {
		try (GatewayServer gateway = GatewayServer.before(ResponsesFixture.endpoint(provider, "openai"))) {
			RawResponse response = ResponsesFixture.post(gateway, "{" + REST + ",\"input\":\"Hi\"}");
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.error("code")).isEqualTo("unsupported_tool");
			assertThat(response.error("param")).isEqualTo("tools[2]");
			assertThat(response.error("message")).contains("web_search");
		}
		assertThat(provider.requests()).isEmpty();
	}

	private static GatewayServer leavingOut(String kind) {
		ResponsesSettings responses = new ResponsesSettings(HostedTools.LEAVE_OUT, 10, 1 << 20, Duration.ofHours(1));
		GatewaySettings settings = new GatewaySettings("/v1", Set.of(), 1 << 20, Duration.ZERO, false)
			.withResponses(responses);
		return GatewayServer.with(CallSettings.DEFAULTS, settings, ResponsesFixture.endpoint(provider, kind));
	}

}
