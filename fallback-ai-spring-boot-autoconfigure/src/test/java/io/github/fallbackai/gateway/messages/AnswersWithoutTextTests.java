// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An endpoint that speaks Anthropic may answer with blocks alone that only its clients
 * know, or think at the same endpoint twice.
 */
class AnswersWithoutTextTests {

	private static final String SEARCH = """
			{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"rain"}},
			{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[]}""";

	private static final String THOUGHT = "{\"type\":\"thinking\",\"thinking\":\"%s\",\"signature\":\"%s\"}";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second, "--fallback.ai.chains.alone.endpoints=first-anthropic");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
		second.always(Outcome.answer("From the second."));
	}

	@ParameterizedTest
	@EnumSource
	void areAnswers(Kind kind) {
		ArrayNode blocks = blocks(kind.blocks);
		for (boolean streamed : new boolean[] { true, false }) {
			first.always(streamed ? streamed(blocks, kind.stop) : whole(blocks, kind.stop));
			JsonNode message = ask("anthropic-openai", streamed);
			assertThat(message.path("stop_reason").asText()).isEqualTo(kind.stop);
			assertThat(unsigned(message.path("content"))).isEqualTo(unsigned(blocks));
		}
		assertThat(second.requests()).isEmpty();
	}

	/** Work of a tool that leads to nothing is as empty as no answer at all. */
	@ParameterizedTest
	@CsvSource({ "end_turn", "stop_sequence", "null" })
	void unlessOnlyToolsWorked(String stop) {
		first.always(streamed(blocks(SEARCH), stop));
		assertThat(ask("anthropic-openai", true).at("/content/0/text").asText()).isEqualTo("From the second.");
	}

	/** A signature belongs to one thought. */
	@Test
	void twoThoughtsOfOneEndpointAreTwoBlocks() {
		ArrayNode half = blocks(THOUGHT.formatted("Hm.", "s1"));
		ArrayNode all = blocks(THOUGHT.formatted("So.", "s2") + ",{\"type\":\"text\",\"text\":\"Rain.\"}");
		first.next(Outcome.raw(200, "text/event-stream", beginning(half)).cutAtEnd().byReset(),
				streamed(all, "end_turn"));
		JsonNode content = ask("alone", true).path("content");
		assertThat(content.path(0).path("thinking").asText()).isEqualTo("Hm.");
		assertThat(content.path(0).path("signature").asText()).isEmpty();
		assertThat(content.path(1).path("thinking").asText()).isEqualTo("So.");
		assertThat(content.path(1).path("signature").asText()).isNotEmpty();
		assertThat(content.path(2).path("text").asText()).isEqualTo("Rain.");
	}

	private static JsonNode ask(String model, boolean streamed) {
		String body = gateway
			.post("/v1/messages",
					"{\"model\":\"" + model + "\",\"max_tokens\":2048,\"stream\":" + streamed
							+ ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024},"
							+ "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
			.body();
		return streamed ? MessageStreamCheck.of(body).message() : MessagesGateway.json(body);
	}

	private static ArrayNode blocks(String blocks) {
		return (ArrayNode) MessagesGateway.json("{\"content\":[" + blocks + "]}").path("content");
	}

	private static JsonNode unsigned(JsonNode content) {
		JsonNode copy = content.deepCopy();
		copy.forEach((block) -> ((ObjectNode) block).remove("signature"));
		return copy;
	}

	private static Outcome whole(ArrayNode blocks, String stop) {
		ObjectNode message = (ObjectNode) MessagesGateway
			.json("""
					{"id":"msg_1","type":"message","role":"assistant","model":"m","usage":{"input_tokens":3,"output_tokens":9}}""");
		message.set("content", blocks);
		return Outcome.raw(200, "application/json", message.put("stop_reason", stop).toString());
	}

	private static Outcome streamed(ArrayNode blocks, String stop) {
		return Outcome.raw(200, "text/event-stream", stream(blocks, stop));
	}

	private static String stream(ArrayNode blocks, String stop) {
		return beginning(blocks) + MessageStreamCheck.frames("""
				{"type":"content_block_stop","index":%d}
				{"type":"message_delta","delta":{"stop_reason":"%s","stop_sequence":null},"usage":{"output_tokens":9}}
				{"type":"message_stop"}""".formatted(blocks.size() - 1, stop));
	}

	/** Up to the end of the last block. */
	private static String beginning(ArrayNode blocks) {
		StringBuilder events = new StringBuilder(
				"""
						{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],\
						"stop_reason":null,"usage":{"input_tokens":3,"output_tokens":1}}}
						""");
		for (int index = 0; index < blocks.size(); index++) {
			if (index > 0) {
				events.append("{\"type\":\"content_block_stop\",\"index\":%d}\n".formatted(index - 1));
			}
			ObjectNode block = blocks.get(index).deepCopy();
			String signature = block.path("signature").asText();
			if (block.has("signature")) {
				block.put("signature", "");
			}
			events.append(
					"{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}\n".formatted(index, block));
			if (!signature.isEmpty()) {
				events.append("""
						{"type":"content_block_delta","index":%d,"delta":{"type":"signature_delta","signature":"%s"}}
						""".formatted(index, signature));
			}
		}
		return MessageStreamCheck.frames(events.toString());
	}

	/** What an answer may consist of. */
	enum Kind {

		SUMMARY("{\"type\":\"compaction\",\"content\":\"So far: nothing.\"}", "compaction"),

		SUMMARY_IN_ORDER("{\"type\":\"compaction\",\"content\":\"So far: nothing.\"}", "end_turn"),

		PAUSE(THOUGHT.formatted("Hm.", "s1") + ',' + SEARCH, "pause_turn"),

		PAUSED_BEFORE_THE_RESULT(
				"{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\",\"input\":{}}",
				"pause_turn"),

		UNKNOWN_WORD(SEARCH, "wandering_off"),

		UNKNOWN_BLOCK(SEARCH + ",{\"type\":\"sculpture\",\"material\":\"clay\"}", "end_turn");

		private final String blocks;

		private final String stop;

		Kind(String blocks, String stop) {
			this.blocks = blocks;
			this.stop = stop;
		}

	}

}
