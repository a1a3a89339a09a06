// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.suite.ModelServer;
import io.github.fallbackai.suite.ModelServer.Reply;
import io.github.fallbackai.suite.Patience;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a model wants back with the results of its tools reaches it through the gateway,
 * if the client returns what it got.
 */
class TurnTwoTests {

	private static final int TURNS = 10;

	private static final String CALL = """
			{"id":"call_%1$d","type":"function","function":{"name":"weather","arguments":"{\\"town\\":\\"Oslo\\"}"}}""";

	/** What providers answer, with {@code %d} for the number of the turn. */
	static Stream<Case> cases() {
		return Stream.of(openAi("deepseek",
				"""
						{"role":"assistant","content":null,"reasoning_content":"I need the weather %1$d.","tool_calls":[CALL]}"""),
				openAi("gemini door", """
						{"role":"assistant","content":null,"tool_calls":[{"id":"call_%1$d","type":"function",
						"function":{"name":"weather","arguments":"{}"},
						"extra_content":{"google":{"thought_signature":"c2ln%1$d"}}}]}"""),
				openAi("gemini door, signed text",
						"""
								{"role":"assistant","content":"Hm.","extra_content":{"google":{"thought_signature":"dGV4dA%1$d"}},
								"tool_calls":[CALL]}"""),
				openAi("openrouter",
						"""
								{"role":"assistant","content":"Hm.","reasoning":"Where is Oslo? %1$d",
								"reasoning_details":[{"type":"reasoning.text","text":"Where is Oslo? %1$d","signature":"sig%1$d",
								"index":0}],"tool_calls":[CALL]}"""),
				openAi("mistral",
						"""
								{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Oslo %1$d?"}]},
								{"type":"text","text":"I look."}],"tool_calls":[CALL]}"""),
				openAi("unknown members",
						"""
								{"role":"assistant","content":null,"memory":{"of":["turn",%1$d]},"tool_calls":[{"id":"call_%1$d",
								"type":"function","function":{"name":"weather","arguments":"{}"},"seal":"wax%1$d"}]}"""),
				new Case("anthropic", "anthropic", """
						[{"type":"thinking","thinking":"I need it %1$d.","signature":"c2ln%1$d"},
						{"type":"redacted_thinking","data":"cmVk%1$d"},{"type":"text","text":"Let me see."},
						{"type":"tool_use","id":"call_%1$d","name":"weather","input":{"town":"Oslo"}}]"""),
				new Case("gemini", "gemini",
						"""
								[{"text":"Hm %1$d.","thought":true},{"text":"I look."},
								{"functionCall":{"id":"call_%1$d","name":"weather","args":{}},"thoughtSignature":"c2ln%1$d"}]"""));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void whole(Case provider) {
		assertThat(run(provider, TurnTwoTests::wholeMessage, (message) -> message)).isEqualTo(provider.all());
	}

	@ParameterizedTest
	@MethodSource("cases")
	void streamedToPython(Case provider) {
		assertThat(run(provider, streamed(Accumulation.PYTHON), (message) -> message)).isEqualTo(provider.all());
	}

	@ParameterizedTest
	@MethodSource("cases")
	void streamedToNode(Case provider) {
		assertThat(run(provider, streamed(Accumulation.NODE), (message) -> message)).isEqualTo(provider.all());
	}

	/** A client may know the members of providers and drop what it does not know. */
	@ParameterizedTest
	@MethodSource("cases")
	void membersOfProvidersAreEnough(Case provider) {
		Set<String> known = Set.of("role", "content", "tool_calls", "reasoning_content", "reasoning_details",
				"extra_content");
		List<JsonNode> said = run(provider, TurnTwoTests::wholeMessage, (message) -> message.retain(known));
		if (Set.of("deepseek", "gemini door", "gemini door, signed text").contains(provider.name())) {
			assertThat(said).isEqualTo(provider.all());
		}
		else if (provider.kind().equals("gemini")) {
			assertThat(said).extracting((parts) -> parts.findValue("thoughtSignature").asText())
				.containsExactlyElementsOf(IntStream.rangeClosed(1, TURNS).mapToObj((turn) -> "c2ln" + turn).toList());
		}
		else {
			assertThat(said).hasSize(TURNS);
		}
	}

	private static List<JsonNode> run(Case provider, Function<Exchange, ObjectNode> ask,
			Function<ObjectNode, JsonNode> client) {
		int[] turn = { 0 };
		try (ModelServer model = new ModelServer((body) -> Reply.json(200, provider.reply(++turn[0])));
				GatewayServer gateway = GatewayServer.before(endpoint(provider, model))) {
			ObjectNode request = JsonNodeFactory.instance.objectNode().put("model", "auto");
			ArrayNode messages = request.putArray("messages");
			messages.addObject().put("role", "user").put("content", "What is the weather?");
			request.putArray("tools").addObject().put("type", "function").putObject("function").put("name", "weather");
			for (int i = 1; i <= TURNS; i++) {
				ObjectNode message = ask.apply(new Exchange(gateway, request));
				messages.add(client.apply(message));
				message.path("tool_calls")
					.forEach((call) -> messages.addObject()
						.put("role", "tool")
						.put("tool_call_id", call.path("id").asText())
						.put("content", "Rain"));
			}
			ask.apply(new Exchange(gateway, request));
			return provider.said(model.lastRequest());
		}
	}

	private static Endpoint endpoint(Case provider, ModelServer model) {
		return Endpoint.named("primary")
			.provider(provider.kind())
			.url(model.url())
			.model("model-a")
			.apiKey(ApiKey.of("sk-test"))
			.limits(Patience.LIMITS)
			.build();
	}

	private static ObjectNode wholeMessage(Exchange exchange) {
		RawResponse response = RawResponse.post(exchange.gateway(), exchange.request().put("stream", false).toString());
		assertThat(response.status()).as(response.body()).isEqualTo(200);
		return (ObjectNode) GatewayJson.read(response.body().getBytes()).value().at("/choices/0/message");
	}

	private static Function<Exchange, ObjectNode> streamed(Accumulation accumulation) {
		return (exchange) -> {
			String body = RawResponse.post(exchange.gateway(), exchange.request().put("stream", true).toString())
				.body();
			assertThat(body).endsWith("data: [DONE]\n\n");
			List<JsonNode> deltas = new ArrayList<>();
			body.lines()
				.filter((line) -> line.startsWith("data: {"))
				.map((line) -> GatewayJson.read(line.substring("data: ".length()).getBytes()).value())
				.forEach((chunk) -> chunk.path("choices").forEach((choice) -> deltas.add(choice.path("delta"))));
			return accumulation.put(deltas);
		};
	}

	private static Case openAi(String name, String answer) {
		return new Case(name, "openai", answer.replace("CALL", CALL));
	}

	/**
	 * A request through a gateway.
	 */
	record Exchange(GatewayServer gateway, ObjectNode request) {

	}

	/**
	 * What a provider answers in each turn.
	 */
	record Case(String name, String kind, String answer) {

		JsonNode said(int turn) {
			return GatewayJson.read(("{\"x\":" + String.format(this.answer, turn) + "}").getBytes()).value().path("x");
		}

		List<JsonNode> all() {
			return Stream.iterate(1, (turn) -> turn <= TURNS, (turn) -> turn + 1).map(this::said).toList();
		}

		String reply(int turn) {
			JsonNode said = said(turn);
			return switch (this.kind) {
				case "anthropic" ->
					"{\"type\":\"message\",\"model\":\"m\",\"stop_reason\":\"tool_use\",\"content\":" + said + "}";
				case "gemini" ->
					"{\"candidates\":[{\"finishReason\":\"STOP\",\"content\":{\"role\":\"model\",\"parts\":" + said
							+ "}}]}";
				default -> "{\"choices\":[{\"finish_reason\":\"tool_calls\",\"message\":" + said + "}]}";
			};
		}

		/** What the model said, as it is in a request. */
		List<JsonNode> said(JsonNode request) {
			String role = this.kind.equals("gemini") ? "model" : "assistant";
			String member = switch (this.kind) {
				case "gemini" -> "parts";
				case "anthropic" -> "content";
				default -> "";
			};
			return Stream.concat(stream(request.path("messages")), stream(request.path("contents")))
				.filter((message) -> message.path("role").asText().equals(role))
				.map((message) -> member.isEmpty() ? message : message.path(member))
				.collect(Collectors.toList());
		}

		private static Stream<JsonNode> stream(JsonNode array) {
			List<JsonNode> elements = new ArrayList<>();
			array.forEach(elements::add);
			return elements.stream();
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
