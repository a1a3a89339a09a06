// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ToolCall;

import static org.assertj.core.api.Assertions.assertThat;

class AnthropicFormatTests {

	private static final ToolCall WEATHER = new ToolCall("toolu_1", "weather", "{\"city\":\"Rom\"}");

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@Test
	void streamsNamedEventsInOrder() {
		simulator.next(Outcome.answer("one two"));

		String stream = ask(true).body();

		assertThat(stream.lines().filter((line) -> line.startsWith("event: "))).containsExactly("event: message_start",
				"event: ping", "event: content_block_start", "event: content_block_delta", "event: content_block_delta",
				"event: content_block_stop", "event: message_delta", "event: message_stop");
		List<JsonNode> events = ChatClient.chunks(ChatClient.events(stream));
		assertThat(events).allMatch((event) -> stream.contains("event: " + event.path("type").asText() + "\ndata: "));
		assertThat(events.get(0).at("/message/usage/input_tokens").asInt()).isEqualTo(1);
		assertThat(events.get(0).at("/message/content")).isEmpty();
		assertThat(events.get(6).at("/delta/stop_reason").asText()).isEqualTo("end_turn");
		assertThat(events.get(6).at("/usage/output_tokens").asInt()).isEqualTo(2);
	}

	@Test
	void streamsThinkingTextAndToolUseInBlocks() {
		simulator.next(Outcome.answer(Answer.text("Well.").withReasoning("Hm, hm.").withToolCalls(WEATHER)));

		List<JsonNode> events = ChatClient.chunks(ChatClient.events(ask(true).body()));

		List<JsonNode> starts = events.stream().filter((event) -> event.has("content_block")).toList();
		assertThat(starts).extracting((event) -> event.at("/content_block/type").asText())
			.containsExactly("thinking", "text", "tool_use");
		assertThat(starts).extracting((event) -> event.path("index").asInt()).containsExactly(0, 1, 2);
		assertThat(starts.get(2).at("/content_block/id").asText()).isEqualTo("toolu_1");
		StringBuilder input = new StringBuilder();
		events.forEach((event) -> input.append(event.at("/delta/partial_json").asText("")));
		assertThat(input).hasToString(WEATHER.arguments());
		assertThat(events).extracting((event) -> event.at("/delta/type").asText())
			.contains("thinking_delta", "signature_delta", "text_delta", "input_json_delta");
		assertThat(events.get(events.size() - 2).at("/delta/stop_reason").asText()).isEqualTo("tool_use");
	}

	@Test
	void answersWithContentBlocks() {
		simulator.next(Outcome.answer(Answer.text("Well.").withReasoning("Hm.").withToolCalls(WEATHER)));

		HttpResponse<String> response = ask(false);

		assertThat(response.headers().firstValue("request-id")).hasValue("req_00000000");
		JsonNode message = Json.read(response.body());
		assertThat(message.path("type").asText()).isEqualTo("message");
		assertThat(message.path("stop_reason").asText()).isEqualTo("tool_use");
		assertThat(message.at("/content/0/thinking").asText()).isEqualTo("Hm.");
		assertThat(message.at("/content/1/text").asText()).isEqualTo("Well.");
		assertThat(message.at("/content/2/input/city").asText()).isEqualTo("Rom");
		assertThat(message.at("/usage/output_tokens").asInt()).isEqualTo(4);
	}

	@Test
	void refusesWithoutContent() {
		simulator.always(Outcome.answer(Answer.refusal("Not this.")));

		JsonNode message = Json.read(ask(false).body());
		List<JsonNode> events = ChatClient.chunks(ChatClient.events(ask(true).body()));

		assertThat(message.path("content")).isEmpty();
		assertThat(message.path("stop_reason").asText()).isEqualTo("refusal");
		assertThat(message.at("/stop_details/explanation").asText()).isEqualTo("Not this.");
		assertThat(events).hasSize(4);
		assertThat(events.get(2).at("/delta/stop_reason").asText()).isEqualTo("refusal");
	}

	@ParameterizedTest
	@CsvSource({ "400, invalid_request_error", "401, authentication_error", "402, billing_error",
			"403, permission_error", "404, not_found_error", "413, request_too_large", "429, rate_limit_error",
			"500, api_error", "504, timeout_error", "529, overloaded_error" })
	void failsWithTheTypeOfTheStatus(int status, String type) {
		simulator.next(Outcome.status(status));

		HttpResponse<String> response = ask(false);

		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(Json.read(response.body()).path("type").asText()).isEqualTo("error");
		assertThat(Json.read(response.body()).at("/error/type").asText()).isEqualTo(type);
	}

	@Test
	void insistsOnMaxTokens() {
		HttpResponse<String> response = this.client.send(this.client.post("/messages",
				"{\"model\":\"claude\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(Json.read(response.body()).at("/error/message").asText()).isEqualTo("max_tokens: Field required");
	}

	@Test
	void readsSystemTextBlocksAndToolResults() {
		this.client.send(this.client.post("/messages", """
				{"model":"claude","max_tokens":9,"system":[{"type":"text","text":"Be brief."}],"messages":[
				{"role":"user","content":[{"type":"text","text":"Weather?"}]},
				{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}]},
				{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"sunny"}]}]}"""));

		RecordedRequest request = simulator.requests().get(0);
		assertThat(request.lastUserMessage()).isEqualTo("Weather?");
		assertThat(request.prompt().messages()).extracting("role")
			.containsExactly("system", "user", "assistant", "tool");
	}

	private HttpResponse<String> ask(boolean stream) {
		return this.client.send(this.client.post("/messages", WireClient.ANTHROPIC.request(stream, "Hi")));
	}

}
