// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.wire.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How fragments of tool calls are put together, those of servers that are careless about
 * ids and indexes included.
 */
class OpenAiToolCallTests {

	private static final String WEATHER = "weather{\"city\":\"Oslo\"}";

	private static final String TIME = "time{\"zone\":\"CET\"}";

	@ParameterizedTest
	@ValueSource(strings = { "null", "1", "\"text\"", "[]" })
	void passesOverElementsThatAreNoObjects(String element) {
		String message = "{\"choices\":[{\"message\":{\"content\":\"Hi\",\"tool_calls\":[" + element
				+ "]},\"finish_reason\":\"stop\"}]}";
		assertThat(new OpenAiDialect().decodeUnary(new ResponseHead(200, Map.of()),
				message.getBytes(StandardCharsets.UTF_8)))
			.containsExactly(new EndpointEvent.Text("Hi"), new EndpointEvent.Finished(FinishReason.STOP, "stop"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"index\":0," })
	void anotherNameIsAnotherCall(String index) {
		assertThat(calls(fragment(index, "weather", "{\\\"city\\\":"), fragment(index, "", "\\\"Oslo\\\"}"),
				fragment(index, "time", "{\\\"zone\\\":\\\"CET\\\"}")))
			.containsExactly(WEATHER, TIME);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"index\":0," })
	void aNameThatEveryFragmentRepeatsIsOneCall(String index) {
		assertThat(calls(fragment(index, "weather", ""), fragment(index, "weather", "{\\\"city\\\":"),
				fragment(index, "weather", "\\\"Oslo\\\"}"), fragment(index, "weather", "")))
			.containsExactly(WEATHER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "weather" })
	void anIdThatEveryFragmentChangesIsOneCall(String name) {
		assertThat(calls(fragment("\"index\":0,\"id\":\"a\",", "weather", ""),
				fragment("\"index\":0,\"id\":\"b\",", name, "{\\\"city\\\":"),
				fragment("\"index\":0,\"id\":\"c\",", name, "\\\"Oslo\\\"}")))
			.containsExactly(WEATHER);
	}

	@Test
	void anotherIdAfterWholeArgumentsIsAnotherCall() {
		assertThat(calls(fragment("\"index\":0,\"id\":\"a\",", "weather", "{\\\"city\\\":\\\"Oslo\\\"}"),
				fragment("\"index\":0,\"id\":\"b\",", "weather", "{\\\"city\\\":\\\"Oslo\\\"}")))
			.containsExactly(WEATHER, WEATHER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"index\":0," })
	void theSameNameAfterWholeArgumentsIsAnotherCall(String index) {
		String whole = fragment(index, "weather", "{\\\"city\\\":\\\"Oslo\\\"}");
		assertThat(calls(whole, whole)).containsExactly(WEATHER, WEATHER);
	}

	@Test
	void takesArgumentsThatAreNullForNone() {
		assertThat(calls(fragment("", "now", "null"))).containsExactly("now{}");
	}

	@Test
	void readsTheFunctionCallOfOlderServers() {
		List<EndpointEvent> events = decode("\"function_call\"",
				"{\"function_call\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\"}}",
				"{\"function_call\":{\"arguments\":\"\\\"Oslo\\\"}\"}}");
		assertThat(calls(events)).containsExactly(WEATHER);
		assertThat(events).endsWith(new EndpointEvent.Finished(FinishReason.TOOL_CALLS, "function_call"));
	}

	@Test
	void readsACallOnceThatComesInBothForms() {
		String call = "{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}";
		assertThat(calls(decode("\"stop\"",
				"{\"function_call\":" + call + ",\"tool_calls\":[{\"id\":\"a\",\"function\":" + call + "}]}")))
			.containsExactly(WEATHER);
	}

	private static List<String> calls(String... fragments) {
		return calls(decode("\"tool_calls\"",
				Arrays.stream(fragments)
					.map((fragment) -> "{\"tool_calls\":[" + fragment + "]}")
					.toArray(String[]::new)));
	}

	private static List<String> calls(List<EndpointEvent> events) {
		return events.stream()
			.filter(EndpointEvent.ToolCallComplete.class::isInstance)
			.map((event) -> ((EndpointEvent.ToolCallComplete) event).toolCall())
			.map((call) -> call.name() + call.arguments())
			.toList();
	}

	private static List<EndpointEvent> decode(String reason, String... deltas) {
		Stream<String> chunks = Arrays.stream(deltas).map((delta) -> "{\"choices\":[{\"delta\":" + delta + "}]}");
		String end = "{\"choices\":[{\"delta\":{},\"finish_reason\":" + reason + "}]}";
		return Fixtures.decode(new OpenAiDialect(),
				Stream.concat(chunks, Stream.of(end, "[DONE]")).toArray(String[]::new));
	}

	private static String fragment(String index, String name, String arguments) {
		String named = name.isEmpty() ? "" : "\"name\":\"" + name + "\",";
		return "{" + index + "\"function\":{" + named + "\"arguments\":\"" + arguments + "\"}}";
	}

}
