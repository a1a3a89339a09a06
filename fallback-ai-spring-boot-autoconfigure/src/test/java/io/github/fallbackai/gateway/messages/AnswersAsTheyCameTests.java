// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an endpoint that speaks Anthropic says in members that this library does not know
 * reaches clients of that API.
 */
class AnswersAsTheyCameTests {

	private static final String START = """
			{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],
			"stop_reason":null,"stop_sequence":null,"diagnostics":{"cache":"hit"},"usage":{"input_tokens":3,
			"cache_creation_input_tokens":7,"cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":7},
			"output_tokens":1,"service_tier":"standard"}}}""";

	private static final String BLOCKS = """
			{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":"","pace":"slow"}}
			{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}}
			{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s1"}}
			{"type":"content_block_stop","index":0}
			{"type":"content_block_start","index":1,"content_block":{"type":"compaction","content":null}}
			{"type":"content_block_delta","index":1,"delta":{"type":"compaction_delta","content":"So far: "}}
			{"type":"content_block_delta","index":1,"delta":{"type":"compaction_delta","content":"nothing."}}
			{"type":"content_block_stop","index":1}
			{"type":"content_block_start","index":2,"content_block":{"type":"text","text":"","tone":"dry"}}
			{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Good"}}
			{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":" day."}}
			{"type":"content_block_stop","index":2}
			""";

	private static final String END = """
			{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null,"container":{"id":"c1"}},
			"usage":{"output_tokens":9,"server_tool_use":{"web_search_requests":2},"output_tokens_details":{"thinking_tokens":4,"drafts":1}},
			"context_management":{"applied_edits":[]}}""";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
		first.always(Outcome.raw(200, "text/event-stream", stream()));
	}

	@Test
	void streamedWhereTheyWere() {
		String body = ask(true).body();
		MessageStreamCheck stream = MessageStreamCheck.of(body);
		JsonNode begun = event(body, "message_start").path("message");
		assertThat(begun.at("/diagnostics/cache").asText()).isEqualTo("hit");
		assertThat(begun.path("usage")).isEqualTo(MessagesGateway.json(START).at("/message/usage"));
		JsonNode ended = event(body, "message_delta");
		assertThat(ended.at("/delta/container/id").asText()).isEqualTo("c1");
		assertThat(ended.path("context_management").has("applied_edits")).isTrue();
		JsonNode usage = ended.path("usage");
		assertThat(usage.at("/server_tool_use/web_search_requests").asInt()).isEqualTo(2);
		assertThat(usage.path("output_tokens_details").toString()).isEqualTo("{\"thinking_tokens\":4,\"drafts\":1}");
		assertThat(usage.path("input_tokens").asInt()).isEqualTo(3);
		assertThat(usage.path("output_tokens").asInt()).isEqualTo(9);
		assertThat(stream.content().path(0).path("pace").asText()).isEqualTo("slow");
		assertThat(stream.content().path(1).path("content").asText()).isEqualTo("So far: nothing.");
		assertThat(stream.content().path(2).path("tone").asText()).isEqualTo("dry");
		assertThat(stream.text()).isEqualTo("Good day.");
	}

	@Test
	void alsoKindsOfDeltasOfText() {
		String delta = "{\"type\":\"mood_delta\",\"mood\":\"fine\"}";
		String more = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":2,\"delta\":"
				+ delta + "}\n\n";
		String last = "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":2}";
		first.always(Outcome.raw(200, "text/event-stream", stream().replace(last, more + last)));
		assertThat(ask(true).body()).containsOnlyOnce("\"index\":2,\"delta\":" + delta);
		assertThat(MessagesGateway.json(ask(false)).at("/content/2/mood").asText()).isEqualTo("fine");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void inOnePiece(boolean whole) {
		if (whole) {
			first.always(Outcome.raw(200, "application/json", whole()));
		}
		JsonNode message = MessagesGateway.json(ask(false));
		assertThat(message.at("/diagnostics/cache").asText()).isEqualTo("hit");
		assertThat(message.at("/container/id").asText()).isEqualTo("c1");
		assertThat(message.path("context_management").has("applied_edits")).isTrue();
		JsonNode usage = message.path("usage");
		assertThat(usage.at("/cache_creation/ephemeral_5m_input_tokens").asInt()).isEqualTo(7);
		assertThat(usage.at("/server_tool_use/web_search_requests").asInt()).isEqualTo(2);
		assertThat(usage.path("service_tier").asText()).isEqualTo("standard");
		assertThat(usage.path("output_tokens").asInt()).isEqualTo(9);
		assertThat(message.at("/content/0/pace").asText()).isEqualTo("slow");
		assertThat(message.at("/content/1/content").asText()).isEqualTo("So far: nothing.");
		assertThat(message.at("/content/2/tone").asText()).isEqualTo("dry");
	}

	/**
	 * Of several texts at which the model had to stop, Anthropic says which one it was.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void withTheTextAtWhichTheModelStopped(boolean whole) {
		String end = "\"stop_reason\":\"end_turn\",\"stop_sequence\":null";
		String stopped = "\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"</b>\"";
		first.always(Outcome.raw(200, "text/event-stream", stream().replace(end, stopped)));
		assertThat(event(ask(true).body(), "message_delta").at("/delta/stop_sequence").asText()).isEqualTo("</b>");
		if (whole) {
			first.always(Outcome.raw(200, "application/json", whole().replace(end, stopped)));
		}
		JsonNode message = MessagesGateway.json(ask(false));
		assertThat(message.path("stop_reason").asText()).isEqualTo("stop_sequence");
		assertThat(message.path("stop_sequence").asText()).isEqualTo("</b>");
	}

	/**
	 * The beginning is the first endpoint's, the end is that of the one that answered.
	 */
	@Test
	void ofTheEndpointThatSaidThem() {
		first.always(
				Outcome.raw(200, "text/event-stream", stream().substring(0, stream().indexOf("event: message_delta"))));
		second.always(Outcome.answer("Good day."));
		String body = ask(true).body();
		assertThat(event(body, "message_start").at("/message/diagnostics/cache").asText()).isEqualTo("hit");
		JsonNode ended = event(body, "message_delta");
		assertThat(ended.path("delta").has("container")).isFalse();
		assertThat(ended.path("usage").has("server_tool_use")).isFalse();
		assertThat(MessageStreamCheck.of(body).text()).isEqualTo("Good day.");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void errorsOfTheCaller(boolean streamed) {
		String body = "{ \"type\":\"error\", \"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages.0.content: Input should be a valid list\","
				+ "\"details\":{\"error_code\":\"x\"}}, \"request_id\":\"req_011\", \"more\":[1]}";
		first.always(Outcome.raw(400, "application/json", body));
		HttpResponse<String> response = ask(streamed);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).isEqualTo(body);
		assertThat(response.headers().firstValue("request-id")).contains("req_011");
	}

	/** Also if characters of it are escaped. */
	@ParameterizedTest
	@ValueSource(strings = { "sk-test-of-first", "sk\\u002dtest-of-first" })
	void neverWithAKey(String key) {
		first.always(Outcome.raw(400, "application/json",
				"{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages.0.content: not with "
						+ key + "\"},\"request_id\":\"req_011\"}"));
		HttpResponse<String> response = ask(false);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).doesNotContain("test-of-first").contains("invalid_request_error");
	}

	private static HttpResponse<String> ask(boolean streamed) {
		return gateway.post("/v1/messages", "{\"model\":\"anthropic-openai\",\"max_tokens\":500,\"stream\":" + streamed
				+ ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
	}

	private static JsonNode event(String body, String type) {
		return MessageStreamCheck.events(body)
			.stream()
			.filter((event) -> event.path("type").asText().equals(type))
			.findFirst()
			.orElseThrow();
	}

	private static String stream() {
		return MessageStreamCheck.frames(line(START) + BLOCKS + line(END) + "{\"type\":\"message_stop\"}");
	}

	private static String line(String json) {
		return json.replace("\n", "") + '\n';
	}

	private static String whole() {
		ObjectNode message = (ObjectNode) MessagesGateway.json(START).path("message");
		JsonNode end = MessagesGateway.json(END);
		((ObjectNode) message.path("usage")).setAll((ObjectNode) end.path("usage"));
		message.setAll((ObjectNode) end.path("delta"));
		message.set("context_management", end.path("context_management"));
		message.withArray("content")
			.addAll((ArrayNode) MessagesGateway
				.json("""
						{"content":[{"type":"thinking","thinking":"Hm.","signature":"s1","pace":"slow"},
						{"type":"compaction","content":"So far: nothing."},{"type":"text","text":"Good day.","tone":"dry"}]}""")
				.path("content"));
		return message.toString();
	}

}
