// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.client.http.provider.responses.ResponsesDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams tell while the provider itself works, and when it is done.
 */
class SilentWorkTests {

	private static final ResponseHead HEAD = new ResponseHead(200, Map.of());

	private final StreamDecoder anthropic = new AnthropicDialect().streamDecoder(HEAD);

	private final StreamDecoder responses = ResponsesDialect.openAi().streamDecoder(HEAD);

	@Test
	void isASearchOfAnthropicUpToItsResult() {
		assertThat(anthropic("{\"type\":\"ping\"}")).isEmpty();
		assertThat(begins("{\"type\":\"server_tool_use\",\"id\":\"a\",\"name\":\"web_search\",\"input\":{}}"))
			.endsWith(true);
		assertThat(anthropic(
				"{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\"}}"))
			.containsExactly(true);
		assertThat(ends()).endsWith(true);
		assertThat(begins("{\"type\":\"mcp_tool_use\",\"id\":\"b\",\"name\":\"x\",\"input\":{}}")).endsWith(true);
		assertThat(ends()).endsWith(true);
		assertThat(anthropic("{\"type\":\"ping\"}")).containsExactly(true);
		begins("{\"type\":\"mcp_tool_result\",\"tool_use_id\":\"b\",\"content\":[]}");
		assertThat(ends()).endsWith(true);
		begins("{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"a\",\"content\":[]}");
		assertThat(ends()).endsWith(false);
		assertThat(anthropic("{\"type\":\"ping\"}")).isEmpty();
	}

	@Test
	void isABlockThatComesInOnePiece() {
		assertThat(begins("{\"type\":\"compaction\",\"content\":null}")).endsWith(true);
		assertThat(anthropic("{\"type\":\"ping\"}")).containsExactly(true);
		assertThat(ends()).endsWith(false);
	}

	@Test
	void isNoBlockThatComesAsTheModelWritesIt() {
		for (String block : List.of("{\"type\":\"text\",\"text\":\"\"}", "{\"type\":\"thinking\",\"thinking\":\"\"}",
				"{\"type\":\"redacted_thinking\",\"data\":\"d\"}",
				"{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"weather\",\"input\":{}}")) {
			assertThat(begins(block)).as(block).isEmpty();
			assertThat(anthropic("{\"type\":\"ping\"}")).as(block).isEmpty();
			assertThat(ends()).as(block).isEmpty();
		}
	}

	/** Whether the result of its tool was told or not. */
	@Test
	void endsWhenTheModelGoesOn() {
		begins("{\"type\":\"server_tool_use\",\"id\":\"a\",\"name\":\"web_search\",\"input\":{}}");
		ends();
		assertThat(begins("{\"type\":\"text\",\"text\":\"\"}")).containsExactly(true);
		assertThat(anthropic(
				"{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}"))
			.containsExactly(false);
		assertThat(anthropic("{\"type\":\"ping\"}")).isEmpty();
	}

	@Test
	void isNoneBehindTheEnd() {
		begins("{\"type\":\"server_tool_use\",\"id\":\"a\",\"name\":\"web_search\",\"input\":{}}");
		ends();
		anthropic(
				"{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"pause_turn\"},\"usage\":{\"output_tokens\":1}}");
		assertThat(anthropic("{\"type\":\"ping\"}")).isEmpty();
		assertThat(this.anthropic.finished()).isTrue();
	}

	@Test
	void isAToolOfOpenAiUntilItsItemIsDone() {
		String item = "\"output_index\":%d,\"item\":{\"type\":\"%s\",\"id\":\"i\",\"status\":\"in_progress\"}}";
		String added = "{\"type\":\"response.output_item.added\"," + item;
		String done = "{\"type\":\"response.output_item.done\"," + item;
		String keepAlive = "{\"type\":\"keepalive\",\"sequence_number\":4}";
		assertThat(responses(added.formatted(0, "reasoning"))).isEmpty();
		assertThat(responses(added.formatted(1, "web_search_call"))).containsExactly(true);
		assertThat(responses(added.formatted(2, "image_generation_call"))).containsExactly(true);
		assertThat(responses(keepAlive)).containsExactly(true);
		assertThat(responses(done.formatted(1, "web_search_call"))).containsExactly(true);
		assertThat(responses("ping")).containsExactly(true);
		assertThat(responses(done.formatted(2, "image_generation_call"))).containsExactly(false);
		assertThat(responses(keepAlive)).isEmpty();
	}

	/** It runs between two items. */
	@Test
	void isACommandInAContainerUpToItsOutput() {
		String call = "\"output_index\":0,\"item\":{\"type\":\"shell_call\",\"id\":\"i\",\"call_id\":\"c\",\"environment\":{\"type\":\"container_reference\"}}}";
		String output = "\"output_index\":1,\"item\":{\"type\":\"shell_call_output\",\"id\":\"o\",\"call_id\":\"c\"}}";
		assertThat(responses("{\"type\":\"response.output_item.added\"," + call)).endsWith(true);
		assertThat(responses("{\"type\":\"response.output_item.done\"," + call)).endsWith(true);
		assertThat(responses("ping")).containsExactly(true);
		assertThat(responses("{\"type\":\"response.output_item.added\"," + output)).endsWith(true);
		assertThat(responses("{\"type\":\"response.output_item.done\"," + output)).endsWith(false);
	}

	@Test
	void endsWithAnOutputThatIsOnlyToldWhole() {
		responses(
				"{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"type\":\"shell_call\",\"id\":\"i\",\"call_id\":\"c\",\"environment\":{\"type\":\"container_reference\"}}}");
		assertThat(responses("ping")).containsExactly(true);
		responses(
				"{\"type\":\"response.output_item.done\",\"output_index\":1,\"item\":{\"type\":\"shell_call_output\",\"id\":\"o\",\"call_id\":\"c\"}}");
		assertThat(responses("ping")).isEmpty();
	}

	/** It waits for the client. */
	@Test
	void isNoPatch() {
		String call = "\"output_index\":0,\"item\":{\"type\":\"apply_patch_call\",\"id\":\"i\",\"call_id\":\"c\"}}";
		assertThat(responses("{\"type\":\"response.output_item.added\"," + call)).isEmpty();
		assertThat(responses("{\"type\":\"response.output_item.done\"," + call)).isEmpty();
		assertThat(responses("ping")).isEmpty();
	}

	private List<Boolean> begins(String block) {
		return anthropic("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":" + block + "}");
	}

	private List<Boolean> ends() {
		return anthropic("{\"type\":\"content_block_stop\",\"index\":0}");
	}

	private List<Boolean> anthropic(String event) {
		return work(this.anthropic, event);
	}

	private List<Boolean> responses(String event) {
		return work(this.responses, event);
	}

	/** What the event says about work, in its order. */
	private static List<Boolean> work(StreamDecoder decoder, String event) {
		return decoder.decode(new ServerEvent(ServerEvent.MESSAGE, event))
			.stream()
			.flatMap((read) -> (read instanceof EndpointEvent.SilentWork work) ? Stream.of(work.goesOn())
					: Stream.empty())
			.toList();
	}

}
