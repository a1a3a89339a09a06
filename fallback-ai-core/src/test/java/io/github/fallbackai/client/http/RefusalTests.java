// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.gemini.GeminiDialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Parameters;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests of {@link Refusal}: what providers and servers say when they refuse a request,
 * line by line in {@code fixtures/words/refusals.txt}, behind the door of each dialect.
 */
class RefusalTests {

	private static final int COLUMNS = 6;

	@TestFactory
	Stream<DynamicTest> everyDialectUnderstandsEveryProvidersWords() {
		String table = new String(Fixtures.bytes("words/refusals.txt"), StandardCharsets.UTF_8);
		return table.lines()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.map((line) -> line.split(" \\| ", COLUMNS))
			.flatMap((row) -> StandardDialects.all()
				.stream()
				.map((dialect) -> DynamicTest.dynamicTest(
						row[4] + ", " + row[1] + ", to " + dialect.provider() + ": " + row[2],
						() -> check(dialect, row))));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					without generationConfig.seed                      | Invalid JSON payload received. Unknown name "seed" at 'generation_config': Cannot find field.
					without generationConfig.temperature               | temperature is not supported by this model.
					generationConfig.maxOutputTokens lowered to 8192   | It has a maxOutputTokens value of 9999 but the supported range is from 1 (inclusive) to 8193 (exclusive).
					in one piece                                       | Streaming is not supported for this model.
					""")
	void findsParametersWhereGeminiKeepsThem(String correction, String message) {
		GeminiDialect dialect = new GeminiDialect();
		byte[] body = ProviderJson.write(ProviderJson.MAPPER.createObjectNode()
			.set("error",
					ProviderJson.MAPPER.createObjectNode()
						.put("code", 400)
						.put("message", message)
						.put("status", "INVALID_ARGUMENT")));
		ResponseHead head = new ResponseHead(400, Map.of());
		EndpointRequest request = new EndpointRequest(endpoint(Parameters.NONE),
				ChatRequest.builder().user("Hi").seed(7L).temperature(0.5).maxTokens(9999).build(), true);
		SentRequest sent = new SentRequest(request, dialect.encode(request).body(), dialect.essentialParameters());
		assertThat(Refusal.of(dialect.classify(head, body), head, body, sent).correction().map(Correction::describe))
			.contains(correction);
	}

	@Test
	void takesNoLongTimeForALongMessage() {
		for (String part : List.of("a", "'a", "is not ", "unknown, ", "a.", "a[0]", "max_tokens 1 ", "wait 1s ",
				"model ", "stream ", "a, ", "('body', 'a'")) {
			byte[] body = part.repeat(20_000).getBytes(StandardCharsets.UTF_8);
			ResponseHead head = new ResponseHead(400, Map.of());
			for (Dialect dialect : StandardDialects.all()) {
				assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Refusal.of(dialect.classify(head, body), head,
						body, sent(List.of("max_tokens", "temperature", "top_p"))));
			}
		}
	}

	/** A client of the gateway may choose the names. */
	@ParameterizedTest
	@MethodSource("oddNames")
	void takesNoLongTimeForANameOfAParameter(String name, String said) {
		ObjectNode body = ProviderJson.MAPPER.createObjectNode().put(name, 1);
		body.putArray("messages").addObject().put("role", "assistant").put(name, 1);
		check(body, said + ": Extra inputs are not permitted");
	}

	static Stream<Arguments> oddNames() {
		String slow = "[\\s\\S]*".repeat(8) + "[^\\s\\S]";
		String joints = "_".repeat(60);
		return Stream.of(Arguments.of(slow, slow), Arguments.of("(", "("), Arguments.of("\\", "\\"),
				Arguments.of("a" + joints + "b", "'" + "a" + joints + "c'"),
				Arguments.of("a" + joints + "b", ("x_ " + joints + " _x ").repeat(20)), Arguments.of("", "x"));
	}

	@Test
	void takesNoLongTimeForManyNames() {
		ObjectNode body = ProviderJson.MAPPER.createObjectNode();
		ArrayNode messages = body.putArray("messages");
		for (int index = 0; index < 100_000; index++) {
			body.put("m" + index, 1);
			messages.addObject().put("role", "assistant").put("x" + index, 1);
		}
		check(body, "unknown x. ".repeat(180));
		check(body, "\"m99999\".x[0] should be valid, ".repeat(60));
		check(body, IntStream.range(0, 180).mapToObj((index) -> "n" + index + "[0]").collect(Collectors.joining(" ")));
	}

	private static void check(ObjectNode body, String words) {
		byte[] error = ProviderJson.write(ProviderJson.MAPPER.createObjectNode()
			.set("error", ProviderJson.MAPPER.createObjectNode().put("message", words).put("type", "bad_request")));
		ResponseHead head = new ResponseHead(400, Map.of());
		EndpointRequest request = new EndpointRequest(endpoint(Parameters.NONE), ChatRequest.of("Hi"), true);
		for (Dialect dialect : StandardDialects.all()) {
			SentRequest sent = new SentRequest(request, ProviderJson.write(body), dialect.essentialParameters());
			Refusal refusal = assertTimeoutPreemptively(Duration.ofSeconds(20),
					() -> Refusal.of(dialect.classify(head, error), head, error, sent));
			assertThat(refusal.correction()).isEmpty();
		}
	}

	private static Endpoint endpoint(Parameters parameters) {
		return Endpoint.named("one")
			.url(URI.create("https://llm.example.org"))
			.model("model-a")
			.parameters(parameters)
			.build();
	}

	private static void check(Dialect dialect, String[] row) {
		byte[] body = row[5].equals("-") ? new byte[0] : row[5].getBytes(StandardCharsets.UTF_8);
		ResponseHead head = new ResponseHead(Integer.parseInt(row[1]), Map.of());
		Refusal refusal = Refusal.of(dialect.classify(head, body), head, body, sent(List.of(row[0].split(","))));
		String need = (refusal.failure().need() != null) ? "/" + refusal.failure().need() : "";
		assertThat(refusal.failure().kind() + need).as(row[5]).isEqualTo(row[2]);
		assertThat(refusal.correction().map(Correction::describe).orElse("-")).as(row[5]).isEqualTo(row[3]);
	}

	private static SentRequest sent(List<String> features) {
		Endpoint endpoint = endpoint(features.contains("configured")
				? new Parameters(Map.of(), Map.of("top_k", 0), Set.of()) : Parameters.NONE);
		ChatRequestBuilder chat = ChatRequest.builder();
		features.forEach((feature) -> add(feature, chat));
		if (!features.contains("image") && !features.contains("prefill")) {
			chat.user("Hi");
		}
		EndpointRequest request = new EndpointRequest(endpoint, chat.build(), !features.contains("whole"));
		OpenAiDialect dialect = new OpenAiDialect();
		WireRequest encoded = new RequestParameters(dialect).apply(dialect.encode(request), endpoint.parameters(),
				List.of());
		return new SentRequest(request, encoded.body(), dialect.essentialParameters());
	}

	private static void add(String feature, ChatRequestBuilder chat) {
		switch (feature) {
			case "tools" -> chat.tool(new ToolDefinition("weather", "Tells the weather", "{\"type\":\"object\"}"));
			case "image" ->
				chat.message(ChatMessage.user(new TextPart("Look"), new ImagePart(URI.create("https://e.org/a.png"))));
			case "audio" -> chat.extra("openai", "modalities", List.of("text", "audio"));
			case "schema" -> chat.responseFormat(ResponseFormat.jsonSchema("city", "{\"type\":\"object\"}"));
			case "json" -> chat.responseFormat(ResponseFormat.JSON_OBJECT);
			case "temperature" -> chat.temperature(0.5);
			case "top_p" -> chat.topP(0.9);
			case "top_p_1" -> chat.topP(1.0);
			case "wide" -> chat.topP(5.0);
			case "hot" -> chat.temperature(5.0);
			case "seed" -> chat.seed(7L);
			case "stop" -> chat.stop("###");
			case "max_tokens" -> chat.maxTokens(9999);
			case "few_tokens" -> chat.maxTokens(5);
			case "effort" -> chat.extra("openai", "reasoning_effort", "minimal");
			case "tool_choice" -> chat.toolChoice(ToolChoice.REQUIRED);
			case "presence_penalty", "frequency_penalty" -> chat.extra("openai", feature, 0.5);
			case "prefill" -> chat.user("Hi").message(ChatMessage.assistant("Well"));
			case "call" -> chat.message(new AssistantMessage("", List.of(new ToolCall("call_1", "weather", "{}"))))
				.message(ChatMessage.toolResult("call_1", "12 degrees"));
			default -> assertThat(Arrays.asList("-", "stream", "whole", "configured")).contains(feature);
		}
	}

}
