// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.http.HttpResponse;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.Seal;
import io.github.fallbackai.test.wire.ToolCall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ResponsesRulesTests {

	private static final String USER = "{\"role\":\"user\",\"content\":\"Hi\"}";

	private static final String CALL = "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"look\",\"arguments\":\"{}\"}";

	private static final String RESULT = "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"\"}";

	private static final String THOUGHT = "{\"type\":\"reasoning\",\"summary\":[{\"text\":\"Hm.\"}],\"encrypted_content\":\""
			+ new Seal("m").sign("Hm.") + "\"}";

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	static Stream<Arguments> inputs() {
		return Stream.of(arguments("", USER), arguments("", USER + "," + THOUGHT + "," + CALL + "," + RESULT),
				arguments("No tool output found for function call c1", USER + "," + CALL),
				arguments("No tool call found for function call output with call_id c1", USER + "," + RESULT),
				arguments("string too long", USER + "," + CALL.replace("c1", "c".repeat(65))),
				arguments("could not be verified",
						USER + "," + THOUGHT.replace("Hm.", "Ho.") + "," + CALL + "," + RESULT),
				arguments("without its required following item", USER + "," + THOUGHT + "," + USER),
				arguments("Items are not persisted", USER + ",{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}"),
				arguments("Unknown parameter: 'input[0].reasoning_content'",
						"{\"role\":\"user\",\"content\":\"Hi\",\"reasoning_content\":\"\"}"),
				arguments("Invalid value: 'input_text'",
						"{\"role\":\"assistant\",\"content\":[{\"type\":\"input_text\",\"text\":\"Hi\"}]}"),
				arguments("Invalid value: 'tool_result'", USER + ",{\"type\":\"tool_result\"}"));
	}

	@ParameterizedTest
	@MethodSource("inputs")
	void items(String words, String input) {
		check(words, "/responses", "{\"model\":\"m\",\"input\":[" + input + "]}");
	}

	@Test
	void parametersOfTheOtherApi() {
		check("has moved to 'reasoning.effort'", "/responses",
				"{\"model\":\"m\",\"reasoning_effort\":\"low\",\"input\":\"Hi\"}");
		check("Unknown parameter: 'stop'", "/responses", "{\"model\":\"m\",\"stop\":[\"#\"],\"input\":\"Hi\"}");
	}

	@Test
	void newerModelsCallToolsByThisApiOnly() {
		String body = "{\"model\":\"gpt-5.4\",\"tools\":[{}],\"messages\":[" + USER + "]}";
		check("Please use /v1/responses instead", "/chat/completions", body);
		check("", "/chat/completions", body.replace("{\"model\"", "{\"reasoning_effort\":\"none\",\"model\""));
		check("", "/chat/completions", body.replace("5.4", "5.1"));
	}

	@Test
	void eachPartOfAnAnswerBeginsAndEnds() {
		simulator.next(Outcome
			.answer(Answer.text("Hi").withReasoning("Hm").withToolCalls(new ToolCall("c1", "look", "{\"a\":1}"))));
		HttpResponse<String> response = this.client
			.send(this.client.post("/responses", "{\"model\":\"m\",\"stream\":true,\"input\":\"Hi\"}"));
		assertThat(response.body()
			.lines()
			.filter((line) -> line.startsWith("event: "))
			.map((line) -> line.substring(7))
			.distinct()).containsExactly("response.created", "response.in_progress", "response.output_item.added",
					"response.reasoning_summary_part.added", "response.reasoning_summary_text.delta",
					"response.reasoning_summary_text.done", "response.reasoning_summary_part.done",
					"response.output_item.done", "response.content_part.added", "response.output_text.delta",
					"response.output_text.done", "response.content_part.done", "response.function_call_arguments.delta",
					"response.function_call_arguments.done", "response.completed");
	}

	private void check(String words, String path, String body) {
		simulator.rules(ProviderRules.STRICT);
		HttpResponse<String> response = this.client.send(this.client.post(path, body));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(words.isEmpty() ? 200 : 400);
		assertThat(response.body()).contains(words);
	}

}
