// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.Seal;
import io.github.fallbackai.test.wire.ToolCall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ProviderRulesTests {

	private static final String CALL = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\","
			+ "\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{}\"}}]}";

	private static final String RESULT = "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"\"}";

	private static final String USER = "{\"role\":\"user\",\"content\":\"Hi\"}";

	private static final String USE = "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"look\",\"input\":{}}";

	private static final String USED = "{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":\"\"}";

	private static final String ASKED = "{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}";

	private static final String FUNCTION = "{\"functionCall\":{\"name\":\"look\",\"args\":{}}SIGNED}";

	private static final String RESPONSE = "{\"functionResponse\":{\"name\":\"look\",\"response\":{}}}";

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	static Stream<Arguments> chats() {
		return Stream.of(arguments("", USER), arguments("", USER + "," + CALL + "," + RESULT),
				arguments("must be a response to a preceeding message", USER + "," + RESULT),
				arguments("did not have response messages: c1", USER + "," + CALL),
				arguments("did not have response messages: c1", USER + "," + CALL + "," + USER + "," + RESULT),
				arguments("'c2' not found in 'tool_calls'",
						USER + "," + CALL + "," + RESULT.replace("c1", "c2") + "," + RESULT),
				arguments("Duplicate value for 'tool_call_id' of 'c1'",
						USER + "," + CALL + "," + RESULT + "," + RESULT),
				arguments("string too long",
						USER + "," + CALL.replace("c1", "c".repeat(41)) + "," + RESULT.replace("c1", "c".repeat(41))),
				arguments("expected a string, got null", "{\"role\":\"user\",\"content\":null}"),
				arguments("expected a string, got null", USER + ",{\"role\":\"assistant\",\"content\":null}"),
				arguments("empty array", USER + ",{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[]}"),
				arguments("Unknown parameter: 'messages[1].reasoning_content'",
						USER + ",{\"role\":\"assistant\",\"content\":\"a\",\"reasoning_content\":\"b\"}," + USER));
	}

	@ParameterizedTest
	@MethodSource("chats")
	void chatCompletions(String words, String messages) {
		simulator.rules(ProviderRules.STRICT);
		check(words, "/chat/completions", "{\"model\":\"m\",\"messages\":[" + messages + "]}");
	}

	static Stream<Arguments> messages() {
		String signed = thought(new Seal("m").sign("Hm."));
		return Stream.of(arguments("", user("Hi")), arguments("", user("Hi") + "," + said(USE) + "," + results(USED)),
				arguments("first message must use the \"user\" role", said(USE) + "," + results(USED)),
				arguments("roles must alternate", user("Hi") + "," + user("Hi")),
				arguments("text content blocks must be non-empty", results("{\"type\":\"text\",\"text\":\"\"}")),
				arguments("must contain non-whitespace text", results("{\"type\":\"text\",\"text\":\" \"}")),
				arguments("all messages must have non-empty content", results("")),
				arguments("messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1",
						user("Hi") + "," + said(USE) + ","
								+ results("{\"type\":\"text\",\"text\":\"Hi\"}," + USED).replace(USED,
										"{\"type\":\"text\",\"text\":\"Ho\"}")),
				arguments("unexpected `tool_use_id`",
						user("Hi") + "," + said(USE) + "," + results(USED + "," + USED.replace("t1", "t2"))),
				arguments("must have a single result", user("Hi") + "," + said(USE) + "," + results(USED + "," + USED)),
				arguments("should match pattern", user("Hi") + "," + said(USE.replace("t1", "t:1"))),
				arguments("must be unique", user("Hi") + "," + said(USE + "," + USE)),
				arguments("cannot end with trailing whitespace",
						user("Hi") + "," + said("{\"type\":\"text\",\"text\":\"Ho \"}")),
				arguments("", user("Hi") + "," + said(signed + "," + USE) + "," + results(USED)),
				arguments("Invalid `signature` in `thinking` block",
						user("Hi") + "," + said(thought(new Seal("other").sign("Hm.")) + "," + USE) + ","
								+ results(USED)),
				arguments("Invalid `signature` in `thinking` block",
						user("Hi") + "," + said(thought(new Seal("m").sign("Ho.")) + "," + USE) + "," + results(USED)),
				arguments("cannot be `thinking`", user("Hi") + "," + said(signed)));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void messages(String words, String messages) {
		simulator.rules(ProviderRules.STRICT);
		check(words, "/messages", "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[" + messages + "]}");
	}

	@Test
	void aTurnStartsWithAThoughtWhileTheModelThinks() {
		simulator.rules(ProviderRules.STRICT);
		String signed = thought(new Seal("m").sign("Hm."));
		String body = "{\"model\":\"m\",\"max_tokens\":9,\"thinking\":{\"type\":\"enabled\"},\"messages\":[%s]}";
		String end = said(USE.replace("t1", "t2")) + "," + results(USED.replace("t1", "t2"));

		check("messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`",
				"/messages", body.formatted(user("Hi") + "," + said(USE) + "," + results(USED)));
		check("messages.1.content.0.type: Expected", "/messages",
				body.formatted(user("Hi") + "," + said(USE) + "," + results(USED) + "," + end));
		check("", "/messages",
				body.formatted(user("Hi") + "," + said(signed + "," + USE) + "," + results(USED) + "," + end));
		check("", "/messages", body.formatted(user("Hi") + "," + said(USE) + "," + results(USED) + ","
				+ said("{\"type\":\"text\",\"text\":\"Ho\"}") + "," + user("Hi")));
	}

	static Stream<Arguments> contents() {
		String signature = ",\"thoughtSignature\":\"" + new Seal("gemini-3").sign("look{}") + "\"";
		String call = FUNCTION.replace("SIGNED", signature);
		String plain = FUNCTION.replace("SIGNED", "");
		return Stream.of(arguments("", ASKED), arguments("", ASKED + "," + model(call) + "," + asked(RESPONSE)),
				arguments("", ASKED + "," + model(call + "," + plain) + "," + asked(RESPONSE + "," + RESPONSE)),
				arguments("",
						ASKED + "," + model(plain) + "," + asked(RESPONSE) + "," + model("{\"text\":\"Ho\"}") + ","
								+ ASKED),
				arguments("missing a thought_signature", ASKED + "," + model(plain) + "," + asked(RESPONSE)),
				arguments("Corrupted thought signature",
						ASKED + "," + model(call.replace("\"args\":{}", "\"args\":{\"a\":1}")) + "," + asked(RESPONSE)),
				arguments("", ASKED + ","
						+ model(FUNCTION.replace("SIGNED",
								",\"thoughtSignature\":\"skip_thought_signature_validator\""))
						+ "," + asked(RESPONSE)),
				arguments("alternate between user and model", ASKED + "," + ASKED),
				arguments("function call turn comes immediately after", model(call) + "," + asked(RESPONSE)),
				arguments("function response turn comes immediately after",
						ASKED + "," + model("{\"text\":\"a\"}") + "," + asked(RESPONSE)),
				arguments("number of function response parts", ASKED + "," + model(call) + "," + ASKED),
				arguments("number of function response parts", ASKED + "," + model(call)),
				arguments("parts must not be empty", asked("")),
				arguments("oneof field 'data'", asked("{\"text\":\"\"}")),
				arguments("valid role", "{\"role\":\"tool\",\"parts\":[{\"text\":\"a\"}]}"));
	}

	@ParameterizedTest
	@MethodSource("contents")
	void contents(String words, String contents) {
		simulator.rules(ProviderRules.STRICT);
		check(words, "/models/gemini-3:generateContent", "{\"contents\":[" + contents + "]}");
	}

	@Test
	void deepSeekWantsThoughtsBackUnlessThinkingIsOff() {
		simulator.rules(ProviderRules.DEEPSEEK);
		String messages = "\"messages\":[" + USER + "," + CALL + "," + RESULT + "]}";

		check("must be passed back", "/chat/completions", "{\"model\":\"m\"," + messages);
		check("", "/chat/completions", "{\"model\":\"m\",\"thinking\":{\"type\":\"disabled\"}," + messages);
		check("", "/chat/completions", "{\"model\":\"m\","
				+ messages.replace("\"content\":null", "\"content\":null,\"reasoning_content\":\" \""));
	}

	@Test
	void openRouterTakesItsOwnThoughtsOnly() {
		simulator.rules(ProviderRules.OPENROUTER);
		simulator.next(Outcome.answer(Answer.toolCalls(new ToolCall("c1", "look", "{}")).withReasoning("Hm, hm.")));
		String question = "{\"model\":\"m\",\"messages\":[" + USER;
		JsonNode said = Json.read(send("/chat/completions", question + "]}").body()).at("/choices/0/message");

		check("", "/chat/completions", question + "," + said + "," + RESULT + "]}");
		String refusal = check("Invalid `signature` in `thinking` block", "/chat/completions",
				question.replace("\"m\"", "\"other\"") + "," + said + "," + RESULT + "]}");
		assertThat(refusal).contains("Provider returned error", "provider_name");
	}

	@Test
	void noConversationIsHeldAtAnthropic() {
		simulator.rules(ProviderRules.STRICT);
		String body = "{\"model\":\"m\",\"max_tokens\":9,\"thread\":{\"type\":\"create\"},\"messages\":[" + user("Hi")
				+ "]}";
		assertThat(check("thread", "/messages", body)).contains("\"error_code\":\"thread_unsupported_request\"");
	}

	@Test
	void instructionsStandBetweenMessagesAtAnthropicWithABetaOnly() {
		simulator.rules(ProviderRules.STRICT);
		String start = "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[" + user("Hi");
		String system = ",{\"role\":\"system\",\"content\":\"Be brief.\"}";
		check("Unexpected role", "/messages", start + system + "]}");
		String said = "," + said("{\"type\":\"text\",\"text\":\"Hm.\"}");
		assertThat(withBeta(start + system + "]}")).isEqualTo(200);
		assertThat(withBeta(start + system + said + "," + user("And?") + "]}")).isEqualTo(200);
		assertThat(withBeta(start + said + system + "]}")).isEqualTo(400);
		assertThat(withBeta(start + system + "," + user("And?") + "]}")).isEqualTo(400);
	}

	private int withBeta(String body) {
		HttpRequest request = HttpRequest.newBuilder(this.client.post("/messages", body), (name, value) -> true)
			.header("anthropic-beta", "mid-conversation-system-2026-04-07")
			.build();
		return this.client.send(request).statusCode();
	}

	@Test
	void aRequestThatFailsAnywayIsNotLookedAt() {
		simulator.rules(ProviderRules.STRICT);
		simulator.next(Outcome.status(503), Outcome.healthy().cutBeforeHeaders());
		String body = "{\"model\":\"m\",\"messages\":[" + RESULT + "]}";

		assertThat(send("/chat/completions", body).statusCode()).isEqualTo(503);
		assertThat(send("/chat/completions", body).statusCode()).as("no fault befalls a refusal").isEqualTo(400);
		assertThat(simulator.requests()).extracting((request) -> request.refusal() != null)
			.containsExactly(false, true);
		simulator.reset();
		assertThat(send("/chat/completions", body).statusCode()).isEqualTo(200);
	}

	private String check(String words, String path, String body) {
		HttpResponse<String> response = send(path, body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(words.isEmpty() ? 200 : 400);
		assertThat(response.body().replace("\\\"", "\"")).contains(words);
		return response.body();
	}

	private HttpResponse<String> send(String path, String body) {
		return this.client.send(this.client.post(path, body));
	}

	private static String thought(String signature) {
		return "{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"" + signature + "\"}";
	}

	private static String user(String text) {
		return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
	}

	private static String said(String blocks) {
		return "{\"role\":\"assistant\",\"content\":[" + blocks + "]}";
	}

	private static String results(String blocks) {
		return "{\"role\":\"user\",\"content\":[" + blocks + "]}";
	}

	private static String model(String parts) {
		return "{\"role\":\"model\",\"parts\":[" + parts + "]}";
	}

	private static String asked(String parts) {
		return "{\"role\":\"user\",\"parts\":[" + parts + "]}";
	}

}
