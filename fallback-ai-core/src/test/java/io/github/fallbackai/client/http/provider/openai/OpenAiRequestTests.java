// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of how {@link OpenAiDialect} writes requests.
 */
class OpenAiRequestTests {

	private static final ToolDefinition WEATHER = new ToolDefinition("weather", "Tells the weather",
			"{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");

	@ParameterizedTest
	@CsvSource({ "https://api.openai.com/v1, https://api.openai.com/v1/chat/completions",
			"https://api.openai.com/v1/, https://api.openai.com/v1/chat/completions",
			"http://localhost:8080, http://localhost:8080/chat/completions",
			"https://host/x/chat/completions, https://host/x/chat/completions",
			"https://host/v1?a=b%20c, https://host/v1/chat/completions?a=b%20c" })
	void addsThePathUnlessTheUrlHasIt(URI url, URI expected) {
		assertThat(encode(endpoint(url).build(), ChatRequest.of("Hi"), false).uri()).isEqualTo(expected);
	}

	@Test
	void writesAPlainQuestion() {
		assertThat(json(ChatRequest.of("Grüß dich"), false)).isEqualTo(ProviderJson
			.read("{\"model\":\"model-a\",\"messages\":[{\"role\":\"user\",\"content\":\"Grüß dich\"}]}"));
	}

	@Test
	void asksForUsageInAStream() {
		JsonNode body = json(ChatRequest.of("Hi"), true);
		assertThat(body.path("stream").asBoolean()).isTrue();
		assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
	}

	@Test
	void writesEveryKindOfMessage() {
		ChatRequest request = ChatRequest.builder()
			.system("Be brief")
			.message(ChatMessage.user(new TextPart("What is this?"),
					new ImagePart(URI.create("https://example.org/a.png")),
					ImagePart.of("image/png", new byte[] { 1 })))
			.message(new AssistantMessage("", List.of(new ToolCall("call_1", "weather", "{\"city\":\"Oslo\"}"))))
			.message(ChatMessage.toolResult("call_1", "rain"))
			.assistant("It rains")
			.build();
		assertThat(json(request, false).path("messages")).isEqualTo(ProviderJson.read("""
				[{"role":"system","content":"Be brief"},
				{"role":"user","content":[{"type":"text","text":"What is this?"},
				{"type":"image_url","image_url":{"url":"https://example.org/a.png"}},
				{"type":"image_url","image_url":{"url":"data:image/png;base64,AQ=="}}]},
				{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",
				"function":{"name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]},
				{"role":"tool","tool_call_id":"call_1","content":"rain"},
				{"role":"assistant","content":"It rains"}]"""));
	}

	/** As a model writes that is cut by its token limit. Many servers parse them. */
	@ParameterizedTest
	@ValueSource(strings = { "{\"city\":\"Os", "{\"city\":\"Oslo\"} and", "{\"a\":1}{\"b\":2}", "[1]", "\"Oslo\"", "12",
			"null", "Oslo" })
	void quotesArgumentsThatAreNoJsonObject(String arguments) {
		assertThat(ProviderJson.read(argumentsSent(arguments)))
			.isEqualTo(ProviderJson.MAPPER.createObjectNode().put("INVALID_JSON", arguments));
	}

	@Test
	void leavesArgumentsThatAreAJsonObjectAsTheyCame() {
		assertThat(argumentsSent("{ \"city\" : \"Os\\u006co\", \"n\": 1.0 }"))
			.isEqualTo("{ \"city\" : \"Os\\u006co\", \"n\": 1.0 }");
		assertThat(argumentsSent(" ")).isEqualTo("{}");
		assertThat(argumentsSent("")).isEqualTo("{}");
	}

	private static String argumentsSent(String arguments) {
		ChatRequest request = ChatRequest.builder()
			.user("Hi")
			.message(new AssistantMessage("", List.of(new ToolCall("call_1", "weather", arguments))))
			.message(ChatMessage.toolResult("call_1", "It rains"))
			.build();
		return json(request, false).at("/messages/1/tool_calls/0/function/arguments").textValue();
	}

	@Test
	void writesToolsAndAllParameters() {
		ChatRequest request = ChatRequest.builder()
			.user("Hi")
			.tool(WEATHER)
			.toolChoice(ToolChoice.tool("weather"))
			.responseFormat(ResponseFormat.jsonSchema("answer", "{\"type\":\"object\"}"))
			.temperature(0.2)
			.topP(0.9)
			.maxTokens(100)
			.stop("END", "###")
			.seed(7L)
			.extra("openai", "logit_bias", Map.of("50256", -100))
			.extra("anthropic", "top_k", 5)
			.build();
		assertThat(json(request, false)).isEqualTo(ProviderJson.read("""
				{"model":"model-a","messages":[{"role":"user","content":"Hi"}],
				"tools":[{"type":"function","function":{"name":"weather","description":"Tells the weather",
				"parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}],
				"tool_choice":{"type":"function","function":{"name":"weather"}},
				"response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}},
				"temperature":0.2,"top_p":0.9,"max_tokens":100,"stop":["END","###"],"seed":7,
				"logit_bias":{"50256":-100}}"""));
	}

	@Test
	void writesNoToolChoiceWithoutTools() {
		assertThat(json(ChatRequest.builder().user("Hi").toolChoice(ToolChoice.REQUIRED).build(), false)
			.has("tool_choice")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "https://api.openai.com/v1, max_completion_tokens",
			"https://eu.api.openai.com/v1, max_completion_tokens", "http://localhost:8080/v1, max_tokens",
			"https://notopenai.com/v1, max_tokens" })
	void usesTheNameOfTheTokenLimitThatTheServerKnows(URI url, String name) {
		WireRequest request = encode(endpoint(url).build(), ChatRequest.builder().user("Hi").maxTokens(9).build(),
				false);
		assertThat(ProviderJson.read(request.body()).path(name).asInt()).isEqualTo(9);
	}

	@Test
	void survivesATextThatEndsWithinACharacter() {
		assertThat(json(ChatRequest.of("cut \uD83D"), false).at("/messages/0/content").asText()).isEqualTo("cut ?");
	}

	@Test
	void refusesASchemaThatIsNoJsonObjectWithoutQuotingIt() {
		ToolDefinition broken = new ToolDefinition("weather", "Tells the weather", "{secret");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> json(ChatRequest.builder().user("Hi").tool(broken).build(), false))
			.withMessage("parameters of tool 'weather': not a JSON object")
			.withNoCause();
	}

	@Test
	void sendsTheKeyTheWayTheEndpointWants() {
		EndpointBuilder endpoint = endpoint(OpenAiDialect.DEFAULT_URL).apiKey(ApiKey.of("sk-1"));
		assertThat(headers(endpoint)).containsEntry("Authorization", "Bearer sk-1").doesNotContainKey("api-key");
		assertThat(headers(endpoint.auth(AuthScheme.API_KEY))).containsEntry("api-key", "sk-1")
			.doesNotContainKey("Authorization");
		assertThat(headers(endpoint.auth(AuthScheme.NONE))).doesNotContainKeys("Authorization", "api-key");
		assertThat(headers(endpoint(OpenAiDialect.DEFAULT_URL))).doesNotContainKeys("Authorization", "api-key");
	}

	@Test
	void letsTheEndpointsHeadersWin() {
		assertThat(headers(endpoint(OpenAiDialect.DEFAULT_URL).apiKey(ApiKey.of("sk-1"))
			.header("authorization", "Custom x")
			.header("X-Title", "chat"))).containsEntry("Authorization", "Custom x").containsEntry("X-Title", "chat");
	}

	@Test
	void showsNeitherKeyNorContentAsText() {
		Endpoint endpoint = endpoint(URI.create("https://host/v1?sig=secret")).apiKey(ApiKey.of("sk-1")).build();
		WireRequest request = encode(endpoint, ChatRequest.of("private"), true);
		assertThat(request.toString()).startsWith("WireRequest[https://host/v1/chat/completions, ")
			.doesNotContain("sk-1", "private", "secret");
	}

	@Test
	void connectsWithinTheEndpointsLimit() {
		Endpoint endpoint = endpoint(OpenAiDialect.DEFAULT_URL).build();
		assertThat(encode(endpoint, ChatRequest.of("Hi"), false).connectTimeout()).isEqualTo(Duration.ofSeconds(3));
	}

	private static Map<String, String> headers(EndpointBuilder endpoint) {
		return encode(endpoint.build(), ChatRequest.of("Hi"), false).headers();
	}

	private static JsonNode json(ChatRequest request, boolean streaming) {
		Endpoint endpoint = endpoint(URI.create("http://localhost:8080/v1")).build();
		return ProviderJson.read(encode(endpoint, request, streaming).body());
	}

	private static WireRequest encode(Endpoint endpoint, ChatRequest request, boolean streaming) {
		return new OpenAiDialect().encode(new EndpointRequest(endpoint, request, streaming));
	}

	private static EndpointBuilder endpoint(URI url) {
		return Endpoint.named("primary").url(url).model("model-a");
	}

}
