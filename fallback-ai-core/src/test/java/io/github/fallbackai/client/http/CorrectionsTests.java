// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.CorrectionBudget;
import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * How {@link HttpEndpointClient} changes requests that were refused, and what it
 * remembers.
 */
class CorrectionsTests {

	private static final String NO_STREAM = error("'stream' is not supported for this organization.", "stream");

	private final NettyWire wire = NettyWire.builder().build();

	private final HttpEndpointClient client = HttpEndpointClient.of(new OpenAiDialect(), this.wire);

	/** The bodies of all requests, in order. */
	private final List<JsonNode> received = new CopyOnWriteArrayList<>();

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	@Test
	void asksInOnePieceWhereAStreamIsRefusedAndRemembersIt() {
		try (RawServer server = refusing((body) -> body.path("stream").asBoolean() ? NO_STREAM : null)) {
			assertThat(ask(server, ChatRequest.of("Hi"), true)).contains(new EndpointEvent.Corrected("in one piece"),
					new EndpointEvent.InOnePiece(), new EndpointEvent.Text("Hello"));
			assertThat(ask(server, ChatRequest.of("Hi"), true))
				.startsWith(new EndpointEvent.InOnePiece(), new EndpointEvent.Accepted(200, null))
				.contains(new EndpointEvent.Text("Hello"))
				.doesNotHaveAnyElementsOfTypes(EndpointEvent.Corrected.class);
			assertThat(this.received).extracting((body) -> body.path("stream").asBoolean())
				.containsExactly(true, false, false);
		}
	}

	@Test
	void asksForMoreTokensWhereFewAreRefusedAndRemembersIt() {
		try (RawServer server = refusing((body) -> (body.path("max_tokens").asInt() >= 16) ? null
				: error("max_tokens must be at least 16 for sonar.", ""))) {
			ChatRequest few = ChatRequest.builder().user("Hi").maxTokens(1).build();
			assertThat(ask(server, few, true)).contains(new EndpointEvent.Corrected("max_tokens raised to 16"),
					new EndpointEvent.Text("Hello"));
			ask(server, few, true);
			ask(server, ChatRequest.builder().user("Hi").maxTokens(40).build(), true);
			assertThat(this.received).extracting((body) -> body.path("max_tokens").asInt())
				.containsExactly(1, 16, 16, 40);
		}
	}

	@Test
	void leavesOutAValueThatChangesNothingOfThisRequestOnly() {
		try (RawServer server = refusing((body) -> (body.path("top_p").asDouble() < 1) ? null
				: error("`top_p` must be > 0.0 and < 1.0.", "top_p"))) {
			assertThat(ask(server, ChatRequest.builder().user("Hi").topP(1.0).build(), true))
				.contains(new EndpointEvent.Corrected("without top_p"), new EndpointEvent.Text("Hello"));
			ask(server, ChatRequest.builder().user("Hi").topP(0.5).build(), true);
			assertThat(this.received).extracting((body) -> body.path("top_p").asDouble())
				.containsExactly(1.0, 0.0, 0.5);
		}
	}

	@Test
	void asksForAStreamWhereNothingElseIsGivenAndRemembersIt() {
		try (RawServer server = refusing((body) -> body.path("stream").asBoolean() ? null
				: error("This model only supports streaming, please enable it.", ""))) {
			assertThat(ask(server, ChatRequest.of("Hi"), false)).contains(new EndpointEvent.Corrected("as a stream"));
			ask(server, ChatRequest.of("Hi"), false);
			assertThat(this.received).extracting((body) -> body.path("stream").asBoolean())
				.containsExactly(false, true, true);
		}
	}

	@Test
	void lowersALimitToWhatIsGivenAndRemembersItForHigherOnesOnly() {
		try (RawServer server = refusing((body) -> (body.path("max_tokens").asInt() <= 4096) ? null
				: error("max_tokens must be at most 4096, got " + body.path("max_tokens") + ".", "max_tokens"))) {
			ask(server, ChatRequest.builder().user("Hi").maxTokens(9000).build(), true);
			ask(server, ChatRequest.builder().user("Hi").maxTokens(8000).build(), true);
			ask(server, ChatRequest.builder().user("Hi").maxTokens(100).build(), true);
			assertThat(this.received).extracting((body) -> body.path("max_tokens").asInt())
				.containsExactly(9000, 4096, 4096, 100);
		}
	}

	@Test
	void lowersALimitForOneRequestWhereOnlyThatOnesPromptIsInTheWay() {
		try (RawServer server = refusing((body) -> (body.path("max_tokens").asInt() <= 3000) ? null
				: error("'max_tokens' is too large: 4000 (4000 > 4096 - 1096).", ""))) {
			ask(server, ChatRequest.builder().user("Hi").maxTokens(4000).build(), true);
			ask(server, ChatRequest.builder().user("Hi").maxTokens(4000).build(), true);
			assertThat(this.received).extracting((body) -> body.path("max_tokens").asInt())
				.containsExactly(4000, 3000, 4000, 3000);
		}
	}

	@Test
	void leavesOneOfTwoParametersOutOnlyWhereBothAre() {
		try (RawServer server = refusing((body) -> (body.has("temperature") && body.has("top_p"))
				? error("temperature and top_p are mutually exclusive.", "") : null)) {
			ask(server, ChatRequest.builder().user("Hi").temperature(0.5).topP(0.9).build(), true);
			ask(server, ChatRequest.builder().user("Hi").topP(0.9).build(), true);
			ask(server, ChatRequest.builder().user("Hi").temperature(0.5).topP(0.9).build(), true);
			assertThat(this.received).extracting((body) -> body.has("temperature") + " " + body.has("top_p"))
				.containsExactly("true true", "true false", "false true", "true false");
		}
	}

	@Test
	void writesPlainToolCallIdsThatStillMatchInLaterTurns() {
		String id = "call_9hG2kLmN0pQr";
		ChatRequest first = ChatRequest.builder()
			.user("Weather?")
			.message(new AssistantMessage("", List.of(new ToolCall(id, "weather", "{}"))))
			.message(ChatMessage.toolResult(id, "12 degrees"))
			.build();
		try (RawServer server = refusing((body) -> body.toString().contains(id)
				? error("Tool call id was " + id + " but must have a length of 9.", "") : null)) {
			assertThat(ask(server, first, true)).contains(new EndpointEvent.Corrected("with plain tool call ids"));
			ask(server, first, true);
			for (JsonNode body : this.received.subList(1, 3)) {
				String plain = body.at("/messages/1/tool_calls/0/id").asText();
				assertThat(plain).matches("[a-zA-Z0-9]{9}")
					.isEqualTo(this.received.get(1).at("/messages/2/tool_call_id").asText());
				assertThat(body.at("/messages/2/tool_call_id").asText()).isEqualTo(plain);
			}
		}
	}

	/** One caller's names take no room from what others need. */
	@Test
	void manyNamesOfACallerLeaveRoomForThoseOfProviders() {
		try (RawServer server = refusing(CorrectionsTests::unknownMember)) {
			for (int index = 0; index < 70; index++) {
				assertThat(ask(server, ChatRequest.builder().user("Hi").extra("openai", "x" + index, 1).build(), true))
					.contains(new EndpointEvent.Corrected("without x" + index), new EndpointEvent.Text("Hello"));
			}
			int before = this.received.size();
			ask(server, ChatRequest.builder().user("Hi").temperature(0.5).build(), true);
			ask(server, ChatRequest.builder().user("Hi").temperature(0.5).build(), true);
			assertThat(this.received.subList(before, this.received.size()))
				.extracting((body) -> body.has("temperature"))
				.containsExactly(true, false, false);
		}
	}

	private static @Nullable String unknownMember(JsonNode body) {
		for (String name : (Iterable<String>) body::fieldNames) {
			if (name.startsWith("x") || name.equals("temperature")) {
				return error(name + ": Extra inputs are not permitted", "");
			}
		}
		return null;
	}

	/** Its own member is wrong, and not the parameter. */
	@ParameterizedTest
	@CsvSource({ "thinking.enabled.foo, true", "thinking.enabled.budget_tokens, false", "thinking, false" })
	void aMemberThatACallerThoughtOfTakesNoParameterFromOthers(String path, boolean sentAgain) {
		try (RawServer server = refusing(
				(body) -> body.has("thinking") ? error(path + ": Extra inputs are not permitted", "") : null)) {
			ChatRequest chat = ChatRequest.builder().user("Hi").extra("openai", "thinking", Map.of("foo", 1)).build();
			ask(server, chat, true);
			ask(server, chat, true);
			assertThat(this.received).extracting((body) -> body.has("thinking"))
				.startsWith(true, false, sentAgain)
				.hasSize(sentAgain ? 4 : 3);
		}
	}

	@Test
	void correctsARequestThatWasRefusedWithinASuccess() {
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				peer.readRequest();
				String body = peer.bodies().get(peer.bodies().size() - 1);
				if (body.contains("\"seed\"")) {
					peer.respond("200 OK", "application/json", error("seed is not supported.", "seed"));
				}
				else {
					ClientFixture.respondWithAnswer(peer);
				}
			}
		})) {
			assertThat(ask(server, ChatRequest.builder().user("Hi").seed(7L).build(), true))
				.contains(new EndpointEvent.Corrected("without seed"), new EndpointEvent.Text("Guten Tag 👋"));
		}
	}

	@Test
	void hasRoomForAsManyCorrectionsAsTheCallLeaves() {
		try (RawServer server = refusing((body) -> body.path("stream").asBoolean() ? NO_STREAM : null)) {
			Endpoint endpoint = ClientFixture.endpoint(server.uri()).build();
			Failure failure = catchThrowableOfType(EndpointException.class,
					() -> this.client
						.exchange(
								new EndpointRequest(endpoint, ChatRequest.of("Hi"), true, CorrectionBudget.exhausted()))
						.blockLast(ClientFixture.LONG))
				.failure();
			assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
			assertThat(this.received).hasSize(1);
		}
	}

	/** What is wrong is known even if the answer quotes the key and must not be shown. */
	@ParameterizedTest
	@CsvSource({ "401, 2", "400, 2" })
	void anAnswerThatQuotesTheKeyLosesNeitherRefreshNorCorrection(int status, int requests) {
		String quoting = "{\"error\":{\"message\":\"seed is not supported\",\"param\":\"seed\",\"code\":\"sk-secret\"}}";
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				String head = peer.readRequest();
				String body = peer.bodies().get(peer.bodies().size() - 1);
				if (head.contains("sk-secret") && body.contains("\"seed\"")) {
					peer.respond(status + " No", "application/json", quoting);
				}
				else {
					ClientFixture.respondWithAnswer(peer);
				}
			}
		})) {
			List<String> keys = new ArrayList<>(List.of("sk-secret", "sk-fresh"));
			HttpEndpointClient refreshing = HttpEndpointClient.builder(new OpenAiDialect(), this.wire)
				.credentials((endpoint, request) -> Mono
					.fromSupplier(() -> Credentials.of(ApiKey.of((keys.size() > 1) ? keys.remove(0) : keys.get(0)))))
				.build();
			ClientFixture.answer(refreshing, ClientFixture.endpoint(server.uri()).build());
			assertThat(ClientFixture.bodies(server)).hasSize(requests);
		}
	}

	private List<EndpointEvent> ask(RawServer server, ChatRequest chat, boolean streaming) {
		return Objects.requireNonNull(
				this.client.exchange(new EndpointRequest(ClientFixture.endpoint(server.uri()).build(), chat, streaming))
					.collectList()
					.block(ClientFixture.LONG));
	}

	/** A server that refuses with the error that a request leads to, if any. */
	private RawServer refusing(Function<JsonNode, @Nullable String> errors) {
		return RawServer.start((peer) -> {
			while (true) {
				peer.readRequest();
				JsonNode body = ProviderJson.read(peer.bodies().get(peer.bodies().size() - 1));
				this.received.add(body);
				String error = errors.apply(body);
				if (error != null) {
					peer.respond("400 Bad Request", "application/json", error);
				}
				else if (body.path("stream").asBoolean()) {
					peer.respond("200 OK", "text/event-stream",
							"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}\n\n"
									+ "data: [DONE]\n\n");
				}
				else {
					peer.respond("200 OK", "application/json",
							"{\"choices\":[{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}");
				}
			}
		});
	}

	private static String error(String message, String parameter) {
		return ProviderJson.MAPPER.createObjectNode()
			.set("error",
					ProviderJson.MAPPER.createObjectNode()
						.put("message", message)
						.put("type", "invalid_request_error")
						.put("param", parameter.isEmpty() ? null : parameter))
			.toString();
	}

}
