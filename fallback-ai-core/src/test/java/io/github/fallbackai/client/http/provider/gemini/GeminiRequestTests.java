// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.gemini;

import java.net.URI;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of how {@link GeminiDialect} writes requests.
 */
class GeminiRequestTests {

	@ParameterizedTest
	@CsvSource({
			"https://host/v1beta, gemini-2.5-pro, false, https://host/v1beta/models/gemini-2.5-pro:generateContent",
			"https://host/v1beta/, gemini-2.5-pro, true, https://host/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse",
			"https://host/v1beta, tunedModels/mine, false, https://host/v1beta/tunedModels/mine:generateContent",
			"https://host/models/m:generateContent, other, true, https://host/models/m:streamGenerateContent?alt=sse",
			"https://host/models/m:streamGenerateContent?alt=sse, other, true, https://host/models/m:streamGenerateContent?alt=sse",
			"https://host/v1?a=b, m 1, true, https://host/v1/models/m%201:streamGenerateContent?a=b&alt=sse" })
	void buildsTheAddressOfTheOperation(URI url, String model, boolean streaming, URI expected) {
		Endpoint endpoint = endpoint().url(url).model(model).build();
		assertThat(new GeminiDialect().encode(new EndpointRequest(endpoint, ChatRequest.of("Hi"), streaming)).uri())
			.isEqualTo(expected);
	}

	@Test
	void sendsTheKeyAsGoogleOrVertexWantsIt() {
		assertThat(encode(endpoint(), ChatRequest.of("Hi")).headers()).containsEntry("x-goog-api-key", "sk-1");
		assertThat(encode(endpoint().auth(AuthScheme.BEARER), ChatRequest.of("Hi")).headers())
			.containsEntry("Authorization", "Bearer sk-1")
			.doesNotContainKey("x-goog-api-key");
	}

	@Test
	void writesAPlainQuestion() {
		assertJson(ChatRequest.of("Grüß dich"), """
				{"contents":[{"role":"user","parts":[{"text":"Grüß dich"}]}]}""");
	}

	@Test
	void writesEveryKindOfMessage() {
		ChatRequest request = ChatRequest.builder()
			.system("Be brief")
			.message(ChatMessage.user(new TextPart("What is this?"),
					new ImagePart(URI.create("https://example.org/a.PNG?x=y")),
					new ImagePart(URI.create("https://example.org/a")), ImagePart.of("image/png", new byte[] { 1 })))
			.system("Be kind")
			.message(new AssistantMessage("",
					List.of(new ToolCall("c1", "weather", "{\"city\":\"Oslo\"}"), new ToolCall("c2", "time", ""))))
			.message(ChatMessage.toolResult("c1", "{\"sky\":\"grey\"}"))
			.message(ChatMessage.toolResult("c2", "[12]"))
			.user("So?")
			.assistant("It rains")
			.build();
		assertJson(request, """
				{"systemInstruction":{"parts":[{"text":"Be brief\\n\\nBe kind"}]},"contents":[
				{"role":"user","parts":[{"text":"What is this?"},
				{"fileData":{"fileUri":"https://example.org/a.PNG?x=y","mimeType":"image/png"}},
				{"fileData":{"fileUri":"https://example.org/a"}},
				{"inlineData":{"mimeType":"image/png","data":"AQ=="}}]},
				{"role":"model","parts":[{"functionCall":{"id":"c1","name":"weather","args":{"city":"Oslo"}}},
				{"functionCall":{"id":"c2","name":"time","args":{}}}]},
				{"role":"user","parts":[{"functionResponse":{"id":"c1","name":"weather","response":{"sky":"grey"}}},
				{"functionResponse":{"id":"c2","name":"time","response":{"output":"[12]"}}},{"text":"So?"}]},
				{"role":"model","parts":[{"text":"It rains"}]}]}""");
	}

	@ParameterizedTest
	@CsvSource({ "gemini-3-pro-preview, true", "gemini-flash-latest, true", "gemini-2.5-flash, false",
			"gemma-3-27b-it, false" })
	void signsTheFirstCallOfATurnForModelsThatInsist(String model, boolean signed) {
		ChatRequest request = ChatRequest.builder()
			.user("Hi")
			.message(new AssistantMessage("", List.of(new ToolCall("c1", "a", "{}"), new ToolCall("c2", "b", "{}"))))
			.message(ChatMessage.toolResult("c1", "x"))
			.message(ChatMessage.toolResult("c2", "y"))
			.message(new AssistantMessage("", List.of(new ToolCall("c3", "a", "{}"))))
			.message(ChatMessage.toolResult("c3", "z"))
			.build();
		JsonNode contents = body(endpoint().model(model), request).path("contents");
		assertThat(contents.at("/1/parts/0").has("thoughtSignature")).isEqualTo(signed);
		assertThat(contents.at("/1/parts/1").has("thoughtSignature")).isFalse();
		assertThat(contents.at("/3/parts/0").has("thoughtSignature")).isEqualTo(signed);
	}

	@Test
	void writesToolsAndAllParameters() {
		ChatRequest request = ChatRequest.builder()
			.user("Hi")
			.tool(new ToolDefinition("weather", "Tells the weather", "{\"type\":\"object\"}"))
			.toolChoice(ToolChoice.tool("weather"))
			.responseFormat(ResponseFormat.jsonSchema("answer", "{\"type\":\"object\"}"))
			.temperature(0.2)
			.topP(0.9)
			.maxTokens(100)
			.stop("END", "\n\n")
			.seed(7L)
			.extra("gemini", "generationConfig", Map.of("thinkingConfig", Map.of("includeThoughts", true)))
			.extra("gemini", "safetySettings", List.of())
			.build();
		assertJson(request, """
				{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],
				"tools":[{"functionDeclarations":[{"name":"weather","description":"Tells the weather",
				"parametersJsonSchema":{"type":"object"}}]}],
				"toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["weather"]}},
				"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{"type":"object"},
				"temperature":0.2,"topP":0.9,"maxOutputTokens":100,"stopSequences":["END","\\n\\n"],"seed":7,
				"thinkingConfig":{"includeThoughts":true}},"safetySettings":[]}""");
	}

	@Test
	void saysWhatItCannotExpress() {
		GeminiDialect dialect = new GeminiDialect();
		ChatRequest orphan = ChatRequest.builder().user("Hi").message(ChatMessage.toolResult("c9", "x")).build();
		assertThat(dialect.unsupported(orphan)).isEqualTo("a tool result whose call is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> encode(endpoint(), orphan))
			.withMessage("not supported: a tool result whose call is missing");
		assertThat(dialect.unsupported(ChatRequest.builder().system("Be brief").build()))
			.isEqualTo("no message besides instructions");
		assertThat(dialect.unsupported(ChatRequest.of("Hi"))).isNull();
	}

	private static void assertJson(ChatRequest request, String expected) {
		assertThat(body(endpoint(), request)).isEqualTo(ProviderJson.read(expected));
	}

	private static JsonNode body(EndpointBuilder endpoint, ChatRequest request) {
		return ProviderJson.read(encode(endpoint, request).body());
	}

	private static WireRequest encode(EndpointBuilder endpoint, ChatRequest request) {
		return new GeminiDialect().encode(new EndpointRequest(endpoint.build(), request, false));
	}

	private static EndpointBuilder endpoint() {
		return Endpoint.named("primary")
			.provider("gemini")
			.url(GeminiDialect.DEFAULT_URL)
			.model("gemini-2.5-pro")
			.apiKey(ApiKey.of("sk-1"));
	}

}
