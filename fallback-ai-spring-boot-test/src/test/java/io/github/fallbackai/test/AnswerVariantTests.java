// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.FinishReason;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ToolCall;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerVariantTests {

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@Test
	void callsTools() {
		simulator.next(Outcome.answer(Answer.toolCalls(ToolCall.of("weather", "{\"city\":\"Rom\"}"))));

		JsonNode choice = Json.read(this.client.ask("Hi").body()).at("/choices/0");

		assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
		assertThat(choice.at("/message/content").isNull()).isTrue();
		assertThat(choice.at("/message/tool_calls")).hasSize(1);
		assertThat(choice.at("/message/tool_calls/0/id").asText()).isEqualTo("call_weather");
		assertThat(choice.at("/message/tool_calls/0/function/name").asText()).isEqualTo("weather");
		assertThat(choice.at("/message/tool_calls/0/function/arguments").asText()).isEqualTo("{\"city\":\"Rom\"}");
	}

	@Test
	void streamsSeveralToolCallsInPieces() {
		simulator.next(Outcome.answer(Answer.text("Let me see.")
			.withToolCalls(ToolCall.of("weather", "{\"city\":\"Tromsø\"}"),
					ToolCall.of("time", "{\"zone\":\"Europe/Oslo\"}"))));
		List<StringBuilder> arguments = List.of(new StringBuilder(), new StringBuilder());
		List<String> names = new ArrayList<>();

		List<String> events = this.client.events(ChatClient.streamed("Hi"));
		for (JsonNode chunk : ChatClient.chunks(events)) {
			JsonNode call = chunk.at("/choices/0/delta/tool_calls/0");
			if (call.has("id")) {
				names.add(call.path("id").asText() + " " + call.at("/function/name").asText());
			}
			if (!call.isMissingNode()) {
				arguments.get(call.path("index").asInt()).append(call.at("/function/arguments").asText());
			}
		}

		assertThat(names).containsExactly("call_weather weather", "call_time time");
		assertThat(arguments.get(0)).hasToString("{\"city\":\"Tromsø\"}");
		assertThat(arguments.get(1)).hasToString("{\"zone\":\"Europe/Oslo\"}");
		assertThat(events).filteredOn((event) -> event.contains("\"tool_calls\":[")).hasSizeGreaterThan(6);
		assertThat(events.get(events.size() - 2)).contains("\"finish_reason\":\"tool_calls\"");
	}

	@Test
	void stopsInTheMiddleOfToolArguments() {
		simulator
			.next(Outcome.answer(Answer.toolCalls(ToolCall.of("weather", "{\"city\":\"Rom\"}"))).endAfterTokens(1));

		List<String> events = this.client.events(ChatClient.streamed("Hi"));

		assertThat(events).hasSize(3);
		assertThat(Json.read(events.get(2)).at("/choices/0/delta/tool_calls/0/function/arguments").asText())
			.isEqualTo("{\"city\":");
	}

	@Test
	void refuses() {
		simulator.always(Outcome.answer(Answer.refusal("I cannot help with that.")));

		JsonNode message = Json.read(this.client.ask("Hi").body()).at("/choices/0/message");
		StringBuilder streamed = new StringBuilder();
		ChatClient.chunks(this.client.events(ChatClient.streamed("Hi")))
			.forEach((chunk) -> streamed.append(chunk.at("/choices/0/delta/refusal").asText("")));

		assertThat(message.path("refusal").asText()).isEqualTo("I cannot help with that.");
		assertThat(message.path("content").isNull()).isTrue();
		assertThat(streamed).contains("I cannot help with that.");
	}

	@Test
	void reasonsFirst() {
		simulator.always(Outcome.answer(Answer.text("So be it.").withReasoning("Let me think.")));

		JsonNode body = Json.read(this.client.ask("Hi").body());
		List<JsonNode> chunks = ChatClient.chunks(this.client.events(ChatClient.streamed("Hi")));

		assertThat(body.at("/choices/0/message/reasoning_content").asText()).isEqualTo("Let me think.");
		assertThat(body.at("/usage/completion_tokens_details/reasoning_tokens").asInt()).isEqualTo(3);
		assertThat(chunks.get(1).at("/choices/0/delta/reasoning_content").asText()).isEqualTo("Let");
		assertThat(chunks.get(4).at("/choices/0/delta/content").asText()).isEqualTo("So");
	}

	@Test
	void runsIntoTheTokenLimitBeforeAnyText() {
		simulator.always(Outcome.answer(Answer.empty().withFinishReason(FinishReason.LENGTH)));

		JsonNode choice = Json.read(this.client.ask("Hi").body()).at("/choices/0");
		List<String> events = this.client.events(ChatClient.streamed("Hi"));

		assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
		assertThat(choice.at("/message/content").asText("?")).isEmpty();
		assertThat(events).hasSize(3);
		assertThat(events.get(1)).contains("\"finish_reason\":\"length\"");
	}

	@Test
	void isFilteredAfterSomeText() {
		simulator.next(Outcome.answer(Answer.text("Well, ").withFinishReason(FinishReason.CONTENT_FILTER)));

		List<String> events = this.client.events(ChatClient.streamed("Hi"));

		assertThat(ChatClient.text(events)).isEqualTo("Well, ");
		assertThat(events.get(events.size() - 2)).contains("\"finish_reason\":\"content_filter\"");
	}

	@Test
	void endsBeforeTheFinishReasonOfAnEmptyAnswer() {
		simulator.next(Outcome.answer(Answer.empty()).endAfterTokens(0));

		assertThat(this.client.events(ChatClient.streamed("Hi"))).hasSize(1);
	}

}
