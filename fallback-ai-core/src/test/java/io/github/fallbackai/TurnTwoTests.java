// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.suite.AnthropicDeltas;
import io.github.fallbackai.suite.ModelServer;
import io.github.fallbackai.suite.ModelServer.Reply;
import io.github.fallbackai.suite.OpenAiDeltas;
import io.github.fallbackai.suite.Patience;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a model wants back with the results of its tools, it gets back as it came.
 */
class TurnTwoTests {

	private static final int TURNS = 10;

	/**
	 * Each answer as the provider wrote it, with {@code %d} for the number of the turn.
	 */
	static Stream<Maker> makers() {
		return Stream.of(openAi("deepseek",
				"""
						{"role":"assistant","content":"","reasoning_content":"I need the weather %1$d.","tool_calls":[CALL]}"""),
				openAi("gemini door", """
						{"role":"assistant","content":null,"tool_calls":[{"id":"call_%1$d","type":"function",
						"function":{"name":"weather","arguments":"{\\"town\\":\\"Oslo\\"}"},
						"extra_content":{"google":{"thought_signature":"c2lnbmF0dXJl%1$d"}}}]}"""),
				openAi("gemini door, signed text",
						"""
								{"role":"assistant","content":"Let me see.","extra_content":{"google":{"thought_signature":"dGV4dA%1$d"}},
								"tool_calls":[CALL]}"""),
				openAi("openrouter",
						"""
								{"role":"assistant","content":"Hm. ","reasoning":"Where is Oslo? %1$d",
								"reasoning_details":[{"type":"reasoning.text","text":"Where is Oslo? %1$d","signature":"sig%1$d",
								"format":"anthropic-claude-v1","index":0},{"type":"reasoning.encrypted","data":"ZW5j%1$d",
								"id":"rs_%1$d","format":"openai-responses-v1","index":1}],"tool_calls":[CALL]}"""),
				openAi("mistral",
						"""
								{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Oslo %1$d?"}],
								"closed":true},{"type":"text","text":"I look."}],"tool_calls":[CALL]}"""),
				openAi("groq", """
						{"role":"assistant","content":null,"reasoning":"The weather %1$d.","tool_calls":[CALL]}"""),
				openAi("unknown members",
						"""
								{"role":"assistant","content":null,"memory":{"of":["turn",%1$d]},"tool_calls":[{"id":"call_%1$d",
								"type":"function","function":{"name":"weather","arguments":"{}"},"seal":"wax%1$d"}]}"""),
				anthropic("thinking", """
						[{"type":"thinking","thinking":"I need it %1$d.","signature":"c2ln%1$d"},
						{"type":"text","text":"Let me see."},
						{"type":"redacted_thinking","data":"cmVk%1$d"},
						{"type":"tool_use","id":"call_%1$d","name":"weather","input":{"town":"Oslo"}}]"""),
				anthropic("omitted thinking, unknown blocks",
						"""
								[{"type":"thinking","thinking":"","signature":"c2ln%1$d"},
								{"type":"server_tool_use","id":"srv_%1$d","name":"web_search","input":{"query":"Oslo"}},
								{"type":"web_search_tool_result","tool_use_id":"srv_%1$d","content":[{"encrypted_content":"eA%1$d"}]},
								{"type":"tool_use","id":"call_%1$d","name":"weather","input":{},"caller":{"type":"direct"}}]"""),
				gemini("calls", """
						[{"text":"Hm %1$d.","thought":true},{"text":"I look."},
						{"functionCall":{"id":"call_%1$d","name":"weather","args":{"town":"Oslo"}},
						"thoughtSignature":"c2ln%1$d"},
						{"functionCall":{"id":"more_%1$d","name":"weather","args":{"town":"Rome"}}}]"""),
				gemini("signed text",
						"""
								[{"text":"Hm"},{"text":"I see.","thoughtSignature":"dGV4dA%1$d"},
								{"functionCall":{"id":"call_%1$d","name":"weather","args":{}},"thoughtSignature":"c2ln%1$d"}]"""));
	}

	@ParameterizedTest
	@MethodSource("makers")
	void whole(Maker maker) {
		run(maker, false, (ai, request) -> ai.chat(request).block());
	}

	@ParameterizedTest
	@MethodSource("makers")
	void wholeButStreamedInside(Maker maker) {
		run(maker, true, (ai, request) -> ai.chat(request).block());
	}

	@ParameterizedTest
	@MethodSource("makers")
	void streamed(Maker maker) {
		run(maker, true,
				(ai, request) -> ai.stream(request)
					.ofType(ChatEvent.Completed.class)
					.map(ChatEvent.Completed::response)
					.blockLast());
	}

	private static void run(Maker maker, boolean stream,
			BiFunction<AiFallbackTemplate, ChatRequest, ChatResponse> ask) {
		int[] turn = { 0 };
		try (ModelServer server = new ModelServer((body) -> maker.dialect().reply(maker.said(++turn[0]), stream));
				AiFallbackTemplate ai = AiFallbackTemplate.builder()
					.endpoint(endpoint(maker, server, stream))
					.build()) {
			ChatRequest request = ChatRequest.builder()
				.user("What is the weather?")
				.tool(new ToolDefinition("weather", "", "{\"type\":\"object\"}"))
				.build();
			for (int i = 1; i <= TURNS; i++) {
				ChatResponse response = ask.apply(ai, request);
				assertThat(response.toMessage().toolCalls()).isEqualTo(response.toolCalls());
				request = request.continueWith(response, results(response));
			}
			ask.apply(ai, request);
			List<JsonNode> said = maker.dialect().said(server.lastRequest());
			assertThat(said).hasSize(TURNS);
			for (int i = 1; i <= TURNS; i++) {
				assertThat(said.get(i - 1)).as("turn %d", i).isEqualTo(withoutEmptyContent(maker.said(i)));
			}
		}
	}

	/** Beside tool calls, no content may be said in two ways. */
	private static JsonNode withoutEmptyContent(JsonNode said) {
		if (said instanceof ObjectNode message && message.path("content").isTextual()
				&& message.path("content").textValue().isEmpty()) {
			message.putNull("content");
		}
		return said;
	}

	private static List<ToolResultMessage> results(ChatResponse response) {
		return response.toolCalls().stream().map(ToolCall::id).map((id) -> new ToolResultMessage(id, "Rain")).toList();
	}

	private static Endpoint endpoint(Maker maker, ModelServer server, boolean stream) {
		return Endpoint.named("primary")
			.provider(maker.dialect().name().toLowerCase(Locale.ROOT))
			.url(server.url())
			.model("model-a")
			.apiKey(ApiKey.of("sk-test"))
			.unaryAsStream(stream)
			.limits(Patience.LIMITS)
			.build();
	}

	private static Maker openAi(String name, String answer) {
		return new Maker(name, Dialect.OPENAI, answer.replace("CALL",
				"""
						{"id":"call_%1$d","type":"function","function":{"name":"weather","arguments":"{\\"town\\":\\"Oslo\\"}"}}"""));
	}

	private static Maker anthropic(String name, String answer) {
		return new Maker("claude: " + name, Dialect.ANTHROPIC, answer);
	}

	private static Maker gemini(String name, String answer) {
		return new Maker("gemini: " + name, Dialect.GEMINI, answer);
	}

	/**
	 * What a model says in each turn.
	 */
	record Maker(String name, Dialect dialect, String answer) {

		JsonNode said(int turn) {
			return ProviderJson.read(String.format(this.answer, turn));
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/**
	 * How answers are written, whole and as a stream, and where they are in the next
	 * request.
	 */
	enum Dialect {

		OPENAI {

			@Override
			JsonNode whole(JsonNode said) {
				ObjectNode answer = object().put("id", "id").put("model", "model-a");
				answer.putArray("choices").addObject().put("finish_reason", "tool_calls").set("message", said);
				return answer;
			}

			@Override
			List<String> events(JsonNode said) {
				List<String> events = new ArrayList<>();
				for (ObjectNode delta : OpenAiDeltas.of((ObjectNode) said)) {
					events.add(chunk(delta, null));
				}
				events.add(chunk(object(), "tool_calls"));
				events.add("[DONE]");
				return events;
			}

			private String chunk(ObjectNode delta, String finish) {
				ObjectNode chunk = object().put("id", "id").put("model", "model-a");
				chunk.putArray("choices").addObject().put("finish_reason", finish).set("delta", delta);
				return chunk.toString();
			}

			@Override
			List<JsonNode> said(JsonNode request) {
				return ofRole(request.path("messages"), "assistant");
			}

		},

		ANTHROPIC {

			@Override
			JsonNode whole(JsonNode said) {
				ObjectNode answer = object().put("type", "message").put("id", "id").put("model", "model-a");
				answer.put("stop_reason", "tool_use").set("content", said);
				return answer;
			}

			@Override
			List<String> events(JsonNode said) {
				List<String> events = new ArrayList<>();
				events.add(
						"{\"type\":\"message_start\",\"message\":{\"id\":\"id\",\"model\":\"model-a\",\"content\":[]}}");
				int index = 0;
				for (JsonNode block : said) {
					AnthropicDeltas.of((ObjectNode) block, index++).forEach((event) -> events.add(event.toString()));
				}
				events.add("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}");
				events.add("{\"type\":\"message_stop\"}");
				return events;
			}

			@Override
			List<JsonNode> said(JsonNode request) {
				return ofRole(request.path("messages"), "assistant").stream()
					.map((message) -> message.path("content"))
					.toList();
			}

		},

		GEMINI {

			@Override
			JsonNode whole(JsonNode said) {
				return response(said, "STOP");
			}

			@Override
			List<String> events(JsonNode said) {
				List<String> events = new ArrayList<>();
				said.forEach((part) -> events
					.add(response(ProviderJson.MAPPER.createArrayNode().add(part), null).toString()));
				events.add(response(ProviderJson.MAPPER.createArrayNode(), "STOP").toString());
				return events;
			}

			private ObjectNode response(JsonNode parts, String finish) {
				ObjectNode answer = object().put("responseId", "id").put("modelVersion", "model-a");
				ObjectNode candidate = answer.putArray("candidates").addObject();
				candidate.putObject("content").put("role", "model").set("parts", parts);
				if (finish != null) {
					candidate.put("finishReason", finish);
				}
				return answer;
			}

			@Override
			List<JsonNode> said(JsonNode request) {
				return ofRole(request.path("contents"), "model").stream()
					.map((message) -> message.path("parts"))
					.toList();
			}

		};

		abstract JsonNode whole(JsonNode said);

		abstract List<String> events(JsonNode said);

		abstract List<JsonNode> said(JsonNode request);

		Reply reply(JsonNode said, boolean stream) {
			return stream ? Reply.events(events(said)) : Reply.json(200, whole(said));
		}

		static ObjectNode object() {
			return ProviderJson.MAPPER.createObjectNode();
		}

		static List<JsonNode> ofRole(JsonNode messages, String role) {
			List<JsonNode> found = new ArrayList<>();
			messages.forEach((message) -> {
				if (message.path("role").asText().equals(role)) {
					found.add(message);
				}
			});
			return found;
		}

	}

}
