// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An Anthropic endpoint dies at each event of an answer for which it searches itself. The
 * client gets one message, in which no search lacks its result: Anthropic would refuse it
 * with every further request.
 */
class ServerToolsCutTests {

	private static final boolean ALL = Boolean.getBoolean("fallback-ai.test.every-event");

	private static final String EVENTS = """
			{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":3,"output_tokens":1}}}
			{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
			{"type":"ping"}
			{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}}
			{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s1"}}
			{"type":"content_block_stop","index":0}
			{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}
			{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"I will search."}}
			{"type":"content_block_stop","index":1}
			{"type":"content_block_start","index":2,"content_block":{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}}
			{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"query\\":"}}
			{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"\\"rain\\"}"}}
			{"type":"content_block_stop","index":2}
			{"type":"ping"}
			{"type":"content_block_start","index":3,"content_block":{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","url":"https://a.example","title":"A","encrypted_content":"e"}]}}
			{"type":"content_block_stop","index":3}
			{"type":"content_block_start","index":4,"content_block":{"type":"text","text":"","citations":[]}}
			{"type":"content_block_delta","index":4,"delta":{"type":"text_delta","text":" It rains all day and"}}
			{"type":"content_block_delta","index":4,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a.example","cited_text":"Rain."}}}
			{"type":"content_block_delta","index":4,"delta":{"type":"text_delta","text":" all night."}}
			{"type":"content_block_stop","index":4}
			{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":9}}
			{"type":"message_stop"}
			""";

	private static final int COUNT = (int) EVENTS.lines().count();

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		List<String> properties = new ArrayList<>();
		// Silence while the tool works is bounded by the total limit.
		for (String limit : List.of("idle=150ms", "first-content=300ms", "total=500ms")) {
			properties.add("--fallback.ai.overrides.first-anthropic.timeout." + limit);
		}
		gateway = MessagesGateway.start(first, second, properties.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@EnumSource
	void isOneMessageWhereverTheProviderDies(Fault fault) {
		second.always(Outcome.raw(200, "text/event-stream",
				MessageStreamCheck.frames(EVENTS.replace("srvtoolu_1", "srvtoolu_2"))));
		int step = (fault == Fault.SILENCE && !ALL) ? 3 : 1;
		for (int arrived = 0; arrived <= COUNT; arrived += step) {
			gateway.reset();
			first.always(fault.after(EVENTS.lines().limit(arrived).collect(Collectors.joining("\n"))));
			MessageStreamCheck check = ask();
			String what = fault + " after " + arrived + ": " + check;
			assertThat(check.message().path("stop_reason").asText()).as(what).isEqualTo("end_turn");
			assertThat(check.text()).as(what).contains("I will search.", "It rains all day and");
			assertThat(searches(check)).as(what).isNotEmpty();
		}
	}

	/** Checks that each search is there once, and has its result right behind it. */
	private static Set<String> searches(MessageStreamCheck check) {
		Set<String> searches = new HashSet<>();
		String open = "";
		for (JsonNode block : check.content()) {
			assertThat(block.path("tool_use_id").asText()).as(check.toString()).isEqualTo(open);
			boolean search = block.path("type").asText().equals("server_tool_use");
			open = search ? block.path("id").asText() : "";
			assertThat(!search || searches.add(open)).as(check.toString()).isTrue();
		}
		assertThat(open).as(check.toString()).isEmpty();
		return searches;
	}

	private static MessageStreamCheck ask() {
		return MessageStreamCheck.of(gateway.post("/v1/messages", """
				{"model":"anthropic-anthropic","max_tokens":2048,"stream":true,
				"thinking":{"type":"enabled","budget_tokens":1024},
				"tools":[{"type":"web_search_20250305","name":"web_search"}],
				"messages":[{"role":"user","content":"Weather?"}]}""").body());
	}

	/** A way to die. */
	enum Fault {

		RESET, ERROR, SILENCE;

		Outcome after(String events) {
			String error = (this != ERROR) ? ""
					: "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}\n\n";
			Outcome outcome = Outcome.raw(200, "text/event-stream", MessageStreamCheck.frames(events) + error);
			return switch (this) {
				case RESET -> outcome.cutAtEnd().byReset();
				case ERROR -> outcome;
				case SILENCE -> outcome.hangAtEnd();
			};
		}

	}

}
