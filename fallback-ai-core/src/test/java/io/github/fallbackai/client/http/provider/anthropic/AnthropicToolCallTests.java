// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.wire.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How blocks with tool calls are told apart.
 */
class AnthropicToolCallTests {

	private static final ToolCall WEATHER = new ToolCall("a", "weather", "{\"city\":\"Oslo\"}");

	private static final ToolCall TIME = new ToolCall("b", "time", "{\"zone\":\"CET\"}");

	@ParameterizedTest
	@ValueSource(strings = { "", "\"index\":0,", "\"index\":null," })
	void aSecondStartIsASecondCallWhateverItsIndex(String index) {
		assertThat(calls(start(index, "a", "weather"), delta(index, "{\\\"city\\\":\\\"Oslo\\\"}"),
				start(index, "b", "time"), delta(index, "{\\\"zone\\\":"), delta(index, "\\\"CET\\\"}")))
			.containsExactly(WEATHER, TIME);
	}

	@Test
	void interleavedDeltasFindTheirCall() {
		assertThat(calls(start("\"index\":3,", "a", "weather"), start("\"index\":1,", "b", "time"),
				delta("\"index\":3,", "{\\\"city\\\":"), delta("\"index\":1,", "{\\\"zone\\\":\\\"CET\\\"}"),
				delta("\"index\":3,", "\\\"Oslo\\\"}")))
			.containsExactly(WEATHER, TIME);
	}

	@Test
	void wholeMessagesKeepAllTheirCalls() {
		String message = "{\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"weather\",\"input\":"
				+ "{\"city\":\"Oslo\"}},{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"time\",\"input\":"
				+ "{\"zone\":\"CET\"}}],\"stop_reason\":\"tool_use\"}";
		assertThat(calls(new AnthropicDialect().decodeUnary(new ResponseHead(200, Map.of()),
				message.getBytes(StandardCharsets.UTF_8))))
			.containsExactly(WEATHER, TIME);
	}

	private static List<ToolCall> calls(String... blocks) {
		String[] data = Arrays.copyOf(blocks, blocks.length + 2);
		data[blocks.length] = "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}";
		data[blocks.length + 1] = "{\"type\":\"message_stop\"}";
		return calls(Fixtures.decode(new AnthropicDialect(), data));
	}

	private static List<ToolCall> calls(List<EndpointEvent> events) {
		return events.stream()
			.filter(EndpointEvent.ToolCallComplete.class::isInstance)
			.map((event) -> ((EndpointEvent.ToolCallComplete) event).toolCall())
			.toList();
	}

	private static String start(String index, String id, String name) {
		return "{\"type\":\"content_block_start\"," + index + "\"content_block\":{\"type\":\"tool_use\",\"id\":\"" + id
				+ "\",\"name\":\"" + name + "\",\"input\":{}}}";
	}

	private static String delta(String index, String json) {
		return "{\"type\":\"content_block_delta\"," + index
				+ "\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"" + json + "\"}}";
	}

}
