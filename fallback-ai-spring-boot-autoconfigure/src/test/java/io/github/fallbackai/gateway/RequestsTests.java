// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a client's request on its way to providers of every kind.
 */
class RequestsTests {

	private static final String PARAMETERS = """
			"frequency_penalty": 0.5, "logit_bias": {"50256": -100}, "logprobs": true, "metadata": {"team": "a"},
			"moderation": {"x": 1}, "parallel_tool_calls": false, "prediction": {"type": "content", "content": "x"},
			"presence_penalty": 0.25, "prompt_cache_key": "k", "prompt_cache_options": {"x": 2},
			"prompt_cache_retention": "24h", "reasoning_effort": "low", "safety_identifier": "s", "seed": 7,
			"service_tier": "auto", "stop": ["a", "b"], "store": false, "temperature": 0.125, "top_logprobs": 3,
			"top_p": 0.75, "user": "u", "verbosity": "low", "web_search_options": {}, "modalities": ["text"],
			"response_format": {"type": "json_schema", "json_schema":
				{"name": "n", "strict": true, "description": "d", "schema": {"type": "object"}}},
			"tools": [{"type": "function", "function": {"name": "f", "strict": true, "parameters": {"type": "object"}}}],
			"tool_choice": {"type": "allowed_tools", "allowed_tools": {"mode": "required", "tools":
				[{"type": "function", "function": {"name": "f"}}]}}
			""";

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	@ParameterizedTest
	@ValueSource(strings = { "openai", "azure-openai" })
	void everyDocumentedParameterReachesOpenAiCompatibleEndpointsUnchanged(String kind) {
		JsonNode sent = send(kind, "{" + PARAMETERS + ", \"max_completion_tokens\": 99, \"top_k\": 5, "
				+ "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"model\": \"auto\"}");
		JsonNode asked = GatewayJson.read(("{" + PARAMETERS + "}").getBytes()).value();
		asked.fieldNames()
			.forEachRemaining(
					(name) -> assertThat(sent.path(name).toString()).as(name).isEqualTo(asked.path(name).toString()));
		assertThat(sent.has("top_k")).isFalse();
		assertThat(sent.has("max_tokens") ? sent.path("max_tokens") : sent.path("max_completion_tokens"))
			.hasToString("99");
	}

	@Test
	void passesUndocumentedParametersOnWhenTheyAreListed() {
		GatewaySettings settings = new GatewaySettings("/v1", Set.of("top_k", "messages"), 10_000, Duration.ZERO,
				false);
		JsonNode sent = send("openai", settings, "{\"model\": \"auto\", \"top_k\": 5, \"min_p\": 0.1, "
				+ "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}");
		assertThat(sent.path("top_k").intValue()).isEqualTo(5);
		assertThat(sent.has("min_p")).isFalse();
		assertThat(sent.path("messages").get(0).path("content").textValue()).isEqualTo("Hi");
	}

	@Test
	void tellsAnthropicWhatItUnderstands() {
		JsonNode sent = send("anthropic", "{" + PARAMETERS + ", \"max_tokens\": 99, "
				+ "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"model\": \"auto\"}");
		assertThat(sent.path("tool_choice")).hasToString("{\"type\":\"any\",\"disable_parallel_tool_use\":true}");
		assertThat(sent.path("metadata")).hasToString("{\"user_id\":\"s\"}");
		assertThat(sent.path("stop_sequences")).hasToString("[\"a\",\"b\"]");
		assertThat(sent.path("max_tokens").intValue()).isEqualTo(99);
		assertThat(sent.path("temperature").doubleValue()).isEqualTo(0.125);
		assertThat(sent.fieldNames()).toIterable()
			.containsExactlyInAnyOrder("model", "max_tokens", "messages", "tools", "tool_choice", "output_config",
					"temperature", "stop_sequences", "metadata", "stream");
	}

	@ParameterizedTest
	@ValueSource(strings = { "anthropic", "gemini" })
	void aToolCallThatWasCutDoesNotSpoilTheConversation(String kind) {
		JsonNode sent = send(kind, """
				{"model": "auto", "messages": [{"role": "user", "content": "Hi"},
					{"role": "assistant", "tool_calls": [{"id": "call_1", "type": "function",
						"function": {"name": "weather", "arguments": "{\\"city\\": \\"Os"}}]},
					{"role": "tool", "tool_call_id": "call_1", "content": "cannot be read"}]}
				""");
		assertThat(sent.toString()).contains("weather", "Os", "cannot be read");
	}

	/** Anthropic and Gemini want such an image in parts. */
	@ParameterizedTest
	@ValueSource(strings = { "data:image/png,AAAA", "data:;base64", "data:,", "data:image/png;base64" })
	void anEmbeddedImageIsInBase64(String url) {
		provider.always(Outcome.answer("Hi"));
		try (GatewayServer gateway = GatewayServer.before(endpoint("anthropic"))) {
			RawResponse response = RawResponse.post(gateway,
					"{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", "
							+ "\"image_url\": {\"url\": \"" + url + "\"}}]}]}");
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.error("param")).isEqualTo("messages[0].content[0].image_url.url");
		}
	}

	@Test
	void choosesForAnthropicWhenNoChoiceWasMade() {
		JsonNode sent = send("anthropic",
				"{\"model\": \"auto\", \"parallel_tool_calls\": false, \"tools\": "
						+ "[{\"type\": \"function\", \"function\": {\"name\": \"f\"}}], "
						+ "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}");
		assertThat(sent.path("tool_choice")).hasToString("{\"disable_parallel_tool_use\":true,\"type\":\"auto\"}");
	}

	@Test
	void tellsGeminiWhatItUnderstands() {
		JsonNode sent = send("gemini", "{" + PARAMETERS + ", \"max_tokens\": 99, "
				+ "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"model\": \"auto\"}");
		JsonNode config = sent.path("generationConfig");
		assertThat(config.path("frequencyPenalty").doubleValue()).isEqualTo(0.5);
		assertThat(config.path("presencePenalty").doubleValue()).isEqualTo(0.25);
		assertThat(config.path("seed").intValue()).isEqualTo(7);
		assertThat(config.path("maxOutputTokens").intValue()).isEqualTo(99);
		assertThat(config.path("stopSequences")).hasToString("[\"a\",\"b\"]");
		assertThat(sent.fieldNames()).toIterable()
			.containsExactlyInAnyOrder("contents", "tools", "toolConfig", "generationConfig");
	}

	@Test
	void keepsWhatOnlyOpenAiUnderstandsOfMessages() {
		String image = "{\"type\": \"image_url\", \"image_url\": {\"url\": \"https://example.com/a.png\", \"detail\": \"low\"}}";
		JsonNode sent = send("openai", "{\"model\": \"auto\", \"messages\": ["
				+ "{\"role\": \"developer\", \"content\": [{\"type\": \"text\", \"text\": \"Be\"}, {\"type\": \"text\", \"text\": \" brief\"}]},"
				+ "{\"role\": \"user\", \"name\": \"bob\", \"content\": [{\"type\": \"text\", \"text\": \"Hi\"}, "
				+ image + "]}]}");
		JsonNode messages = sent.path("messages");
		assertThat(messages.get(0)).hasToString("{\"role\":\"system\",\"content\":\"Be brief\"}");
		assertThat(messages.get(1).path("name").textValue()).isEqualTo("bob");
		assertThat(messages.get(1).path("content").get(1).path("image_url").path("detail").textValue())
			.isEqualTo("low");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"\"" })
	void aRefusalWithoutATextGoesBack(String content) {
		JsonNode sent = send("anthropic",
				"{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"},"
						+ "{\"role\": \"assistant\", \"content\": " + content + ", \"refusal\": \"I will not.\"},"
						+ "{\"role\": \"user\", \"content\": \"Why?\"}]}");
		assertThat(sent.path("messages").get(1).toString()).contains("assistant", "I will not.");
	}

	@Test
	void sendsAudioToOpenAiCompatibleEndpointsOnly() {
		String body = "{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"input_audio\", "
				+ "\"input_audio\": {\"data\": \"AAAA\", \"format\": \"wav\"}}]}]}";
		Endpoint first = endpoint("anthropic").toBuilder().build();
		Endpoint second = Endpoint.named("second")
			.url(URI.create(provider.url()))
			.model("model-b")
			.limits(Patience.LIMITS)
			.build();
		try (GatewayServer gateway = GatewayServer.before(first, second)) {
			RawResponse response = RawResponse.post(gateway, body);
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.header("x-fallback-ai-endpoint")).isEqualTo("second");
		}
		assertThat(provider.requests().get(0).body().path("messages").get(0).path("content").get(0).path("type"))
			.hasToString("\"input_audio\"");
		try (GatewayServer gateway = GatewayServer.before(first)) {
			RawResponse response = RawResponse.post(gateway, body);
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.error("code")).isEqualTo("unsupported_request");
		}
	}

	/** An id of a file means something to one provider only. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					anthropic | "file_data":"data:application/pdf;base64,AAAA","filename":"a.pdf" | /messages/0/content/0 | {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AAAA"},"title":"a.pdf"}
					gemini    | "file_data":"data:application/pdf;base64,AAAA" | /contents/0/parts/0 | {"inlineData":{"mimeType":"application/pdf","data":"AAAA"}}
					openai    | "file_data":"data:application/pdf;base64,AAAA","filename":"a.pdf" | /messages/0/content/0 | {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}}
					openai    | "file_id":"file-1" | /messages/0/content/0 | {"type":"file","file":{"file_id":"file-1"}}
					""")
	void sendsFilesInTheProvidersWay(String kind, String file, String place, String expected) {
		JsonNode sent = send(kind, "{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": "
				+ "[{\"type\": \"file\", \"file\": {" + file + "}}]}]}");
		assertThat(sent.at(place)).hasToString(expected);
	}

	@Test
	void losesNoFileAtAnEndpointThatIsAskedByAnotherApi() {
		Endpoint responses = endpoint("openai").toBuilder().option("api", "responses").build();
		try (GatewayServer gateway = GatewayServer.before(responses)) {
			RawResponse response = RawResponse.post(gateway,
					"{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", "
							+ "\"content\": [{\"type\": \"file\", \"file\": {\"file_id\": \"file-1\"}}]}]}");
			assertThat(response.error("code")).isEqualTo("unsupported_request");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "data:application/pdf,secret", "data:application/pdf;base64, secret",
			"data:application/pdf;base64,secre", "data:application/pdf;base64,secret=",
			"data:application/pdf;base64,sec=secret==" })
	void anEmbeddedFileIsInBase64(String data) {
		try (GatewayServer gateway = GatewayServer.before(endpoint("anthropic"))) {
			RawResponse response = RawResponse.post(gateway,
					"{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", "
							+ "\"content\": [{\"type\": \"file\", \"file\": {\"file_data\": \"" + data + "\"}}]}]}");
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.error("param")).isEqualTo("messages[0].content[0].file.file_data");
			assertThat(response.body()).doesNotContain("secret");
		}
	}

	/** Anthropic gets the text. Some clients write the alphabet for URLs. */
	@ParameterizedTest
	@ValueSource(strings = { "Pz8+Pg==", "Pz8-Pg==", "Pz8-Pg" })
	void aTextFileIsReadWhereFilesAreTexts(String data) {
		provider.always(Outcome.answer("Hi"));
		try (GatewayServer gateway = GatewayServer.before(endpoint("anthropic"))) {
			assertThat(file(gateway, data).status()).isEqualTo(200);
			assertThat(file(gateway, "A").error("param")).isEqualTo("input[0].content[0].file_data");
		}
		assertThat(provider.requests()).singleElement()
			.satisfies((request) -> assertThat(request.body().at("/messages/0/content/0/source/data").asText())
				.isEqualTo("??>>"));
	}

	private static RawResponse file(GatewayServer gateway, String data) {
		return RawResponse.exchange(gateway, "/responses", HttpRequest.BodyPublishers.ofString("""
				{"model":"auto","input":[{"role":"user","content":[
				{"type":"input_file","filename":"a.txt","file_data":"data:text/plain;base64,%s"}]}]}"""
			.formatted(data)));
	}

	@Test
	void forwardsNothingOfTheClientsHeaders() {
		provider.always(Outcome.answer("Hi"));
		try (GatewayServer gateway = GatewayServer.before(endpoint("openai"))) {
			RawResponse.post(gateway,
					"{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}", "x-secret",
					"abc", "Cookie", "session=1");
		}
		assertThat(provider.requests().get(0).headers()).doesNotContainKeys("authorization", "x-secret", "cookie",
				"connection", "te");
		assertThat(provider.requests().get(0).headers().toString()).doesNotContain(GatewayServer.KEY);
	}

	private static JsonNode send(String kind, String body) {
		return send(kind, GatewaySettings.DEFAULTS, body);
	}

	private static JsonNode send(String kind, GatewaySettings settings, String body) {
		provider.always(Outcome.answer("{}"));
		try (GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS, settings, endpoint(kind))) {
			assertThat(RawResponse.post(gateway, body).status()).isEqualTo(200);
		}
		return provider.requests().get(0).body();
	}

	private static Endpoint endpoint(String kind) {
		return Endpoint.named("primary")
			.provider(kind)
			.url(URI.create(provider.url()))
			.model("model-a")
			.limits(Patience.LIMITS)
			.build();
	}

}
