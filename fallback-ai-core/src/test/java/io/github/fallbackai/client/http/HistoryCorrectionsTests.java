// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.suite.ModelServer;
import io.github.fallbackai.suite.ModelServer.Reply;
import io.github.fallbackai.suite.Patience;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A provider that refuses a conversation for the sake of its earlier messages is asked
 * once more, with messages that it takes.
 */
class HistoryCorrectionsTests {

	private static final String WITHOUT_THOUGHTS = "without thoughts";

	private static final String BLANKS = "with blanks for thoughts of other models";

	private static final String MARKS = "with marks on tool calls of other models";

	private final NettyWire wire = NettyWire.builder().build();

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	static Stream<Case> cases() {
		return Stream.of(ofThoughts(), ofMissingThoughts(), ofMembers(), ofOrder()).flatMap((cases) -> cases);
	}

	private static Stream<Case> ofThoughts() {
		return Stream.of(// The signature of another model of the same group.
				anthropic("invalid signature", "messages.1.content.0: Invalid `signature` in `thinking` block",
						(body) -> body.at("/messages/1/content/0/type").asText().equals("tool_use")
								&& body.at("/thinking/type").asText().equals("disabled"),
						WITHOUT_THOUGHTS),
				anthropic("no signature", "messages.1.content.0.thinking.signature: Field required",
						(body) -> body.findPath("signature").isMissingNode(), WITHOUT_THOUGHTS),
				anthropic("changed",
						"messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message "
								+ "cannot be modified. These blocks must remain as they were in the original response.",
						(body) -> body.findPath("signature").isMissingNode(), WITHOUT_THOUGHTS),
				openAi("gemini's door, corrupted", "Corrupted thought signature.", own(),
						(body) -> body.findPath("thought_signature").isMissingNode(), WITHOUT_THOUGHTS),
				openAi("words that no table knows", "messages[1]: this reasoning trace belongs to somebody else", own(),
						(body) -> !body.at("/messages/1").has("reasoning_content"), WITHOUT_THOUGHTS),
				new Case("gemini, another model's", "gemini", "gemini-3-pro", own("gemini",
						new ToolCall("call_1", "weather", "{}").withState(
								new ProviderState("gemini-3-pro", "gemini", "{\"thoughtSignature\":\"c2ln\"}")),
						null), "Thought signature is not valid",
						(body) -> body.at("/contents/1/parts/0/thoughtSignature").asText().startsWith("skip"),
						List.of(WITHOUT_THOUGHTS)));
	}

	private static Stream<Case> ofMissingThoughts() {
		return Stream.of(
				anthropic("missing", "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found "
						+ "`tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block.",
						(body) -> body.at("/thinking/type").asText().equals("disabled"), "without thinking"),
				openAi("deepseek, missing",
						"The `reasoning_content` in the thinking mode must be passed back to the API.", foreign(),
						(body) -> body.at("/messages/1/reasoning_content").asText().equals(" "), BLANKS),
				openAi("moonshot, missing",
						"thinking is enabled but reasoning_content is missing in assistant tool call message at index 1",
						foreign(), (body) -> body.at("/messages/1").has("reasoning_content"), BLANKS),
				openAi("deepseek, does not take blanks",
						"The `reasoning_content` in the thinking mode must be passed back to the API.", foreign(),
						(body) -> body.at("/thinking/type").asText().equals("disabled"), BLANKS, "without thinking"),
				openAi("gemini's door, missing",
						"Function call is missing a thought_signature in functionCall parts. This is required for tools to "
								+ "work correctly, and missing thought_signature may lead to degraded model performance.",
						foreign(),
						(body) -> body.at("/messages/1/tool_calls/0/extra_content/google/thought_signature")
							.asText()
							.equals("skip_thought_signature_validator"),
						MARKS),
				openAi("vertex, missing",
						"Unable to submit request because function call `default_api:weather` in the 2. "
								+ "content block is missing a `thought_signature`. Learn more: https://example.org",
						foreign(), (body) -> body.at("/messages/1/tool_calls/0").has("extra_content"), MARKS),
				new Case("gemini under another name", "gemini", "model-a", foreign(),
						"Function call is missing a thought_signature in functionCall parts.",
						(body) -> body.at("/contents/1/parts/0/thoughtSignature").asText().startsWith("skip"),
						List.of(MARKS)));
	}

	private static Stream<Case> ofMembers() {
		return Stream.of(
				openAi("groq",
						"'messages.1' : for 'role:assistant' the following must be satisfied[('messages.1' : property "
								+ "'reasoning_content' is unsupported)]",
						own(),
						(body) -> !body.at("/messages/1").has("reasoning_content")
								&& body.at("/messages/1/tool_calls/0").has("extra_content"),
						"without reasoning_content in earlier messages"),
				openAi("cerebras",
						"messages.1.assistant.reasoning_content: property 'messages.1.assistant.reasoning_content' "
								+ "is unsupported",
						own(), (body) -> !body.at("/messages/1").has("reasoning_content"),
						"without reasoning_content in earlier messages"),
				openAi("openai", "Unknown parameter: 'messages[1].tool_calls[0].extra_content'.", own(),
						(body) -> !body.at("/messages/1/tool_calls/0").has("extra_content"),
						"without extra_content in earlier messages"),
				openAi("groq, a model that does not think",
						"messages[1].reasoning: reasoning is not supported with this model", own(),
						(body) -> !body.at("/messages/1").has("reasoning_content"), WITHOUT_THOUGHTS),
				new Case("a mark that is not taken", "anthropic", "model-a",
						ChatRequest.builder()
							.message(new SystemMessage(
									List.of(new TextPart("Be brief.").withCacheControl(CacheControl.EPHEMERAL))))
							.user("Hi"),
						"system.0.cache_control: Extra inputs are not permitted",
						(body) -> body.findPath("cache_control").isMissingNode(),
						List.of("without cache_control in earlier messages")));
	}

	private static Stream<Case> ofOrder() {
		return Stream.of(
				openAi("a template", "Conversation roles must alternate user/assistant/user/assistant/...",
						ChatRequest.builder().user("Hi").user("there").assistant("Yes?").assistant("What?").user("Go."),
						(body) -> body.path("messages").size() == 3
								&& body.at("/messages/1/content").asText().equals("Yes?\n\nWhat?"),
						"with roles that take turns"),
				openAi("mistral's order", "Unexpected role 'user' after role 'tool'", foreign().user("Stop."),
						(body) -> body.at("/messages/3/role").asText().equals("assistant"),
						"with roles that take turns"));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void asksOnceMore(Case refused) {
		try (ModelServer server = new ModelServer((body) -> refused.reply(body))) {
			HttpEndpointClient client = client(refused);
			assertThat(corrections(client, server, refused)).isEqualTo(refused.corrections());
			assertThat(server.requests()).hasSize(1 + refused.corrections().size());
			// What holds for every conversation is known from then on.
			int lasting = (int) refused.corrections()
				.stream()
				.filter((change) -> !change.equals(WITHOUT_THOUGHTS) && !change.equals("without thinking"))
				.count();
			assertThat(corrections(client, server, refused)).hasSize(refused.corrections().size() - lasting);
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void leavesAProviderThatRefusesAgain(Case refused) {
		try (ModelServer server = new ModelServer((body) -> refused.refusal())) {
			Failure failure = catchThrowableOfType(EndpointException.class,
					() -> client(refused).exchange(request(server, refused)).blockLast(ClientFixture.LONG))
				.failure();
			assertThat(failure.kind()).isIn(FailureKind.UNSUPPORTED, FailureKind.REFUSED_UNEXPLAINED);
			assertThat(failure.httpStatus()).isEqualTo(400);
			assertThat(server.requests()).hasSizeBetween(2, 3);
		}
	}

	private HttpEndpointClient client(Case refused) {
		Dialect dialect = StandardDialects.all()
			.stream()
			.filter((known) -> known.provider().equals(refused.provider()))
			.findFirst()
			.orElseThrow();
		return HttpEndpointClient.of(dialect, this.wire);
	}

	private static List<String> corrections(HttpEndpointClient client, ModelServer server, Case refused) {
		List<String> changes = new ArrayList<>();
		client.exchange(request(server, refused)).doOnNext((event) -> {
			if (event instanceof EndpointEvent.Corrected corrected) {
				changes.add(corrected.change());
			}
		}).blockLast(ClientFixture.LONG);
		return changes;
	}

	private static EndpointRequest request(ModelServer server, Case refused) {
		Endpoint endpoint = Endpoint.named("primary")
			.provider(refused.provider())
			.url(server.url())
			.model(refused.model())
			.apiKey(ApiKey.of("sk-test"))
			.limits(Patience.LIMITS)
			.build();
		return new EndpointRequest(endpoint, refused.chat().build(), false);
	}

	private static Case anthropic(String name, String words, Function<JsonNode, Boolean> accepts,
			String... corrections) {
		ProviderState state = new ProviderState("model-a", "anthropic", "{}");
		ChatRequestBuilder chat = own("anthropic", new ToolCall("call_1", "weather", "{}"),
				new ReasoningPart("I need it.", "c2ln", null, state))
			.extra("anthropic", "thinking", ProviderJson.read("{\"type\":\"enabled\",\"budget_tokens\":2000}"));
		return new Case(name, "anthropic", "model-a", chat, words, accepts, List.of(corrections));
	}

	private static Case openAi(String name, String words, ChatRequestBuilder chat, Function<JsonNode, Boolean> accepts,
			String... corrections) {
		return new Case(name, "openai", "model-a", chat, words, accepts, List.of(corrections));
	}

	/** A loop that another model began. */
	private static ChatRequestBuilder foreign() {
		return own("openai", new ToolCall("call_1", "weather", "{}"), null);
	}

	private static ChatRequestBuilder own() {
		return own("openai",
				new ToolCall("call_1", "weather", "{}").withState(new ProviderState("model-a", "openai",
						"{\"extra_content\":{\"google\":{\"thought_signature\":\"c2ln\"}}}")),
				new ReasoningPart("Hm.", null, null,
						new ProviderState("model-a", "openai", "{\"in\":[\"reasoning_content\"]}")));
	}

	private static ChatRequestBuilder own(String format, ToolCall call, @Nullable ReasoningPart thought) {
		List<AssistantPart> parts = (thought != null) ? List.of(thought, call) : List.of(call);
		return ChatRequest.builder()
			.user("What is the weather?")
			.message(new AssistantMessage(parts, null))
			.message(ChatMessage.toolResult("call_1", "Rain"));
	}

	/**
	 * A refusal.
	 */
	record Case(String name, String provider, String model, ChatRequestBuilder chat, String words,
			Function<JsonNode, Boolean> accepts, List<String> corrections) {

		Reply reply(JsonNode body) {
			return this.accepts.apply(body) ? Reply.json(200, switch (this.provider) {
				case "anthropic" ->
					"{\"type\":\"message\",\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}";
				case "gemini" ->
					"{\"candidates\":[{\"finishReason\":\"STOP\",\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}";
				default -> "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"Hi\"}}]}";
			}) : refusal();
		}

		Reply refusal() {
			String text = ProviderJson.MAPPER.createObjectNode().textNode(this.words).toString();
			return Reply.json(400, switch (this.provider) {
				case "anthropic" ->
					"{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":" + text + "}}";
				case "gemini" ->
					"[{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"message\":" + text + "}}]";
				default -> "{\"error\":{\"type\":\"invalid_request_error\",\"message\":" + text + "}}";
			});
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
