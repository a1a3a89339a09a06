// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.AuthScheme;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.endpoint.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how {@link AnthropicDialect} writes requests.
 */
class AnthropicRequestTests {

	private static final ToolDefinition WEATHER = new ToolDefinition("weather", "Tells the weather",
			"{\"properties\":{\"city\":{\"type\":\"string\"}}}");

	@ParameterizedTest
	@CsvSource({ "https://api.anthropic.com/v1, https://api.anthropic.com/v1/messages",
			"https://api.anthropic.com/v1/, https://api.anthropic.com/v1/messages",
			"https://api.anthropic.com, https://api.anthropic.com/v1/messages",
			"https://api.anthropic.com/, https://api.anthropic.com/v1/messages",
			"https://host/anthropic, https://host/anthropic/v1/messages",
			"https://host/v2beta, https://host/v2beta/messages", "https://host/x/messages, https://host/x/messages",
			"https://host/v1?a=b, https://host/v1/messages?a=b" })
	void addsThePathUnlessTheUrlHasIt(URI url, URI expected) {
		assertThat(encode(endpoint().url(url), ChatRequest.of("Hi")).uri()).isEqualTo(expected);
	}

	@Test
	void sendsKeyAndVersion() {
		assertThat(encode(endpoint(), ChatRequest.of("Hi")).headers()).containsEntry("x-api-key", "sk-1")
			.containsEntry("anthropic-version", "2023-06-01")
			.doesNotContainKey("Authorization");
		assertThat(encode(endpoint().auth(AuthScheme.BEARER).header("Anthropic-Version", "2030-01-01"),
				ChatRequest.of("Hi"))
			.headers()).containsEntry("Authorization", "Bearer sk-1").containsEntry("anthropic-version", "2030-01-01");
	}

	@Test
	void writesAPlainQuestionWithTheLimitThatTheApiDemands() {
		assertJson(ChatRequest.of("Grüß dich"), """
				{"model":"model-a","max_tokens":4096,
				"messages":[{"role":"user","content":[{"type":"text","text":"Grüß dich"}]}]}""");
	}

	@Test
	void leavesTheLimitToADefaultOfTheEndpoint() {
		EndpointBuilder endpoint = endpoint()
			.parameters(new Parameters(Map.of("max_tokens", 64000), Map.of(), Set.of()));
		assertThat(body(endpoint, ChatRequest.of("Hi")).has("max_tokens")).isFalse();
		assertThat(body(endpoint, ChatRequest.builder().user("Hi").maxTokens(9).build()).path("max_tokens").asInt())
			.isEqualTo(9);
	}

	@Test
	void asksForAStream() {
		WireRequest request = new AnthropicDialect()
			.encode(new EndpointRequest(endpoint().build(), ChatRequest.of("Hi"), true));
		assertThat(ProviderJson.read(request.body()).path("stream").asBoolean()).isTrue();
	}

	@Test
	void writesEveryKindOfMessage() {
		ChatRequest request = ChatRequest.builder()
			.system("Be brief")
			.message(ChatMessage.user(new TextPart("What is this?"),
					new ImagePart(URI.create("https://example.org/a.png")),
					ImagePart.of("image/png", new byte[] { 1 })))
			.system("Be kind")
			.message(new AssistantMessage("",
					List.of(new ToolCall("call.1:a", "weather", "{\"city\":\"Oslo\"}"),
							new ToolCall("call_2", "time", ""))))
			.message(ChatMessage.toolResult("call.1:a", "rain"))
			.message(ChatMessage.toolResult("call_2", "noon"))
			.user("So?")
			.assistant("It rains")
			.build();
		assertJson(request,
				"""
						{"model":"model-a","max_tokens":4096,"system":[{"type":"text","text":"Be brief\\n\\nBe kind","cache_control":{"type":"ephemeral"}}],"messages":[
						{"role":"user","content":[{"type":"text","text":"What is this?"},
						{"type":"image","source":{"type":"url","url":"https://example.org/a.png"}},
						{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQ=="}}]},
						{"role":"assistant","content":[
						{"type":"tool_use","id":"call_1_a","name":"weather","input":{"city":"Oslo"}},
						{"type":"tool_use","id":"call_2","name":"time","input":{}}]},
						{"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1_a","content":"rain"},
						{"type":"tool_result","tool_use_id":"call_2","content":"noon"},{"type":"text","text":"So?"}]},
						{"role":"assistant","content":[{"type":"text","text":"It rains"}]}]}""");
	}

	@Test
	void joinsMessagesOfOneRoleAndLeavesBlankOnesOut() {
		ChatRequest request = ChatRequest.builder()
			.system(" ")
			.user("One")
			.assistant("")
			.user("  ")
			.user("Two")
			.build();
		assertJson(request, """
				{"model":"model-a","max_tokens":4096,"messages":[{"role":"user","content":[
				{"type":"text","text":"One"},{"type":"text","text":"Two"}]}]}""");
	}

	@Test
	void writesToolsAndAllParameters() {
		ChatRequest request = ChatRequest.builder()
			.user("Hi")
			.tool(WEATHER)
			.toolChoice(ToolChoice.REQUIRED)
			.responseFormat(ResponseFormat.jsonSchema("answer", "{\"type\":\"object\",\"properties\":{}}"))
			.temperature(1.5)
			.topP(0.9)
			.maxTokens(100)
			.stop("END")
			.seed(7L)
			.extra("anthropic", "top_k", 5)
			.extra("anthropic", "output_config", Map.of("effort", "low"))
			.build();
		assertJson(request, """
				{"model":"model-a","max_tokens":100,
				"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],
				"tools":[{"name":"weather","description":"Tells the weather",
				"input_schema":{"properties":{"city":{"type":"string"}},"type":"object"},
				"cache_control":{"type":"ephemeral"}}],
				"tool_choice":{"type":"any"},
				"output_config":{"format":{"type":"json_schema","schema":
				{"type":"object","properties":{},"additionalProperties":false}},"effort":"low"},
				"temperature":1.0,"stop_sequences":["END"],"top_k":5}""");
	}

	@Test
	void writesTopPWithoutATemperature() {
		assertThat(body(endpoint(), ChatRequest.builder().user("Hi").topP(0.5).build()).path("top_p").asDouble())
			.isEqualTo(0.5);
	}

	@Test
	void closesObjectsOfASchemaUnlessTheySayOtherwise() {
		JsonNode schema = ProviderJson.read("""
				{"type":"object","properties":{
				"type":{"type":"string"},"properties":{"type":["object","null"],"properties":{"a":{}}},
				"map":{"type":"object","properties":{},"additionalProperties":true},
				"list":{"type":"array","items":{"type":"object","properties":{"b":{}}}}}}""");
		ClosedObjects.close(schema);
		assertThat(schema).isEqualTo(ProviderJson.read("""
				{"type":"object","properties":{
				"type":{"type":"string"},
				"properties":{"type":["object","null"],"properties":{"a":{}},"additionalProperties":false},
				"map":{"type":"object","properties":{},"additionalProperties":true},
				"list":{"type":"array","items":{"type":"object","properties":{"b":{}},"additionalProperties":false}}},
				"additionalProperties":false}"""));
	}

	@Test
	void saysWhatItCannotExpress() {
		AnthropicDialect dialect = new AnthropicDialect();
		assertThat(dialect.unsupported(ChatRequest.builder().system("Be brief").build()))
			.isEqualTo("no message besides instructions");
		assertThat(dialect.unsupported(ChatRequest.builder().user("Hi").stop("END", "\n\n").build()))
			.isEqualTo("a stop sequence of white space only");
		assertThat(dialect
			.unsupported(ChatRequest.builder().user("Hi").responseFormat(ResponseFormat.JSON_OBJECT).build()))
			.isEqualTo("JSON without a schema");
		assertThat(dialect.unsupported(ChatRequest.of("Hi"))).isNull();
	}

	@Test
	void quotesArgumentsThatAreNoJsonObjectAsTheApiSuggests() {
		ChatRequest request = ChatRequest.builder()
			.user("Hi")
			.message(new AssistantMessage("", List.of(new ToolCall("1", "weather", "{\"city\":\"Os"))))
			.build();
		assertThat(body(endpoint(), request).at("/messages/1/content/0/input"))
			.hasToString("{\"INVALID_JSON\":\"{\\\"city\\\":\\\"Os\"}");
	}

	private static void assertJson(ChatRequest request, String expected) {
		assertThat(body(endpoint(), request)).isEqualTo(ProviderJson.read(expected));
	}

	private static JsonNode body(EndpointBuilder endpoint, ChatRequest request) {
		return ProviderJson.read(encode(endpoint, request).body());
	}

	private static WireRequest encode(EndpointBuilder endpoint, ChatRequest request) {
		return new AnthropicDialect().encode(new EndpointRequest(endpoint.build(), request, false));
	}

	private static EndpointBuilder endpoint() {
		return Endpoint.named("primary")
			.provider("anthropic")
			.url(AnthropicDialect.DEFAULT_URL)
			.model("model-a")
			.apiKey(ApiKey.of("sk-1"));
	}

}
