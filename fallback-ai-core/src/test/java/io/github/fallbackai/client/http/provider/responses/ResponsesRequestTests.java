// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how {@link ResponsesDialect} writes requests.
 */
class ResponsesRequestTests {

	private static final String OWN = "model-a";

	@ParameterizedTest
	@CsvSource({ "https://api.openai.com/v1, https://api.openai.com/v1/responses",
			"https://host/v1/?a=b, https://host/v1/responses?a=b",
			"https://host/v1/chat/completions, https://host/v1/responses",
			"https://host/x/responses, https://host/x/responses" })
	void findsTheOperation(URI url, URI expected) {
		assertThat(uri(ResponsesDialect.openAi(), url)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "https://r.openai.azure.com", "https://r.openai.azure.com/", "https://r.openai.azure.com/openai",
			"https://r.openai.azure.com/openai/v1", "https://r.openai.azure.com/openai/deployments/d/chat/completions",
			"https://r.openai.azure.com/openai/v1/responses" })
	void findsTheOperationOfAzure(URI url) {
		assertThat(uri(ResponsesDialect.azure(), url))
			.isEqualTo(URI.create("https://r.openai.azure.com/openai/v1/responses"));
	}

	@Test
	void azuresModelIsTheDeployment() {
		Endpoint endpoint = Endpoint.named("a")
			.provider("azure-openai")
			.url(URI.create("https://r.openai.azure.com"))
			.model(OWN)
			.option("deployment", "prod")
			.build();
		byte[] body = ResponsesDialect.azure()
			.encode(new EndpointRequest(endpoint, ChatRequest.of("Hi"), false))
			.body();
		assertThat(ProviderJson.read(body).path("model").asText()).isEqualTo("prod");
	}

	@Test
	void nothingIsStoredAndNothingIsPadded() {
		assertThat(body(ChatRequest.builder().user("Hi"), true)).isEqualTo(ProviderJson
			.read("""
					{"model":"model-a","input":[{"type":"message","role":"user","content":"Hi"}],"store":false,
					"include":["reasoning.encrypted_content"],"stream":true,"stream_options":{"include_obfuscation":false}}"""));
		assertThat(body(ChatRequest.builder().user("Hi"), false).has("stream_options")).isFalse();
	}

	@Test
	void writesItemsInTheirOrder() {
		JsonNode input = body(ChatRequest.builder()
			.system("Rules")
			.message(ChatMessage.user(new TextPart("What?"), new ImagePart(URI.create("https://host/a.png"))))
			.message(new AssistantMessage(List.of(
					new ReasoningPart("Hm.", null, "gAAA",
							state(OWN, "{\"summary\":[{\"type\":\"summary_text\",\"text\":\"Hm.\"}]}")),
					new TextPart("I look.").withState(state(OWN, "{\"phase\":\"commentary\"}")),
					new ToolCall("c1", "look", "{}").withState(state(OWN, "{\"namespace\":\"n\"}"))), null))
			.message(ChatMessage.toolResult("c1", "A cat")), false).path("input");

		assertThat(input).isEqualTo(ProviderJson.read("""
				[{"type":"message","role":"system","content":"Rules"},
				{"type":"message","role":"user","content":[{"type":"input_text","text":"What?"},
				{"type":"input_image","image_url":"https://host/a.png"}]},
				{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"gAAA"},
				{"type":"message","role":"assistant","content":[{"type":"output_text","text":"I look."}],
				"phase":"commentary"},
				{"type":"function_call","call_id":"c1","name":"look","arguments":"{}","namespace":"n"},
				{"type":"function_call_output","call_id":"c1","output":"A cat"}]"""));
	}

	/** A program gets a result only if the result names it. */
	@Test
	void writesTheCallerOfACallAtItsResult() {
		String caller = "{\"type\":\"program\",\"caller_id\":\"p1\"}";
		JsonNode input = body(ChatRequest.builder()
			.user("What?")
			.message(new AssistantMessage(
					List.of(new ToolCall("c1", "look", "{}").withState(state(OWN, "{\"caller\":" + caller + "}")),
							new ToolCall("c2", "look", "{}"),
							new ToolCall("c3", "look", "{}").withState(state("other", "{\"caller\":" + caller + "}"))),
					null))
			.message(ChatMessage.toolResult("c1", "A cat"))
			.message(ChatMessage.toolResult("c2", "A dog"))
			.message(ChatMessage.toolResult("c3", "A bird")), false).path("input");

		assertThat(input).hasSize(7);
		assertThat(input.path(4).path("caller")).isEqualTo(ProviderJson.read(caller));
		assertThat(input.findValues("caller")).hasSize(2);
	}

	@Test
	void leavesOutThoughtsOfOthersAndThoughtsWithoutAnAnswer() {
		JsonNode input = body(
				ChatRequest.builder()
					.user("Hi")
					.message(new AssistantMessage(List.of(
							new ReasoningPart("Hm.", "sig", null, new ProviderState("model-b", "anthropic", "{}")),
							new TextPart("Ho").withState(state("model-b", "{\"phase\":\"x\"}")),
							new RefusalPart("No.", new ProviderState(OWN, "openai", "{}")),
							new ReasoningPart("", null, "gAAA", state(OWN, "{\"summary\":[]}"))), null))
					.user("Go on"),
				false)
			.path("input");

		assertThat(input).hasSize(4);
		assertThat(input.get(1).toString()).isEqualTo(
				"{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Ho\"}]}");
		assertThat(input.get(2).at("/content/0/text").asText()).isEqualTo("No.");
	}

	@Test
	void writesToolsThatAreNotStrictUnlessTheCallerSaysSo() {
		ToolDefinition look = new ToolDefinition("look", "Looks", "{\"type\":\"object\"}");
		assertThat(body(ChatRequest.builder().user("Hi").tool(look), false).at("/tools/0")).isEqualTo(ProviderJson
			.read("""
					{"type":"function","name":"look","description":"Looks","parameters":{"type":"object"},"strict":false}"""));
		assertThat(body(
				ChatRequest.builder()
					.user("Hi")
					.tool(look)
					.extra("openai", "tools",
							List.of(Map.of("type", "function", "function", Map.of("name", "look", "strict", true)))),
				false)
			.at("/tools/0/strict")
			.asBoolean()).isTrue();
	}

	@Test
	void parametersOfTheOtherApiAreWhereThisApiHasThem() {
		JsonNode body = body(ChatRequest.builder()
			.user("Hi")
			.responseFormat(ResponseFormat.jsonSchema("city", "{\"type\":\"object\"}"))
			.extra("openai", "reasoning_effort", "high")
			.extra("openai", "verbosity", "low")
			.extra("openai", "max_completion_tokens", 77)
			.extra("openai", "n", 1)
			.extra("openai", "seed", 5)
			.extra("openai", "reasoning", Map.of("summary", "auto"))
			.extra("openai", "prompt_cache_key", "k"), false);

		assertThat(body.path("reasoning").toString()).isEqualTo("{\"effort\":\"high\",\"summary\":\"auto\"}");
		assertThat(body.at("/text/verbosity").asText()).isEqualTo("low");
		assertThat(body.at("/text/format")).isEqualTo(
				ProviderJson.read("{\"type\":\"json_schema\",\"name\":\"city\",\"schema\":{\"type\":\"object\"}}"));
		assertThat(body.path("max_output_tokens").asInt()).isEqualTo(77);
		assertThat(body.path("prompt_cache_key").asText()).isEqualTo("k");
		assertThat(body.has("n") || body.has("seed") || body.has("reasoning_effort")).isFalse();
	}

	private static ProviderState state(String group, String json) {
		return new ProviderState(group, ResponsesState.FORMAT, json);
	}

	private static URI uri(ResponsesDialect dialect, URI url) {
		Endpoint endpoint = Endpoint.named("a").provider(dialect.provider()).url(url).model(OWN).build();
		return dialect.encode(new EndpointRequest(endpoint, ChatRequest.of("Hi"), false)).uri();
	}

	private static JsonNode body(ChatRequestBuilder request, boolean streaming) {
		Endpoint endpoint = Endpoint.named("a")
			.provider("openai")
			.url(URI.create("https://api.openai.com/v1"))
			.model(OWN)
			.build();
		return ProviderJson
			.read(ResponsesDialect.openAi().encode(new EndpointRequest(endpoint, request.build(), streaming)).body());
	}

}
