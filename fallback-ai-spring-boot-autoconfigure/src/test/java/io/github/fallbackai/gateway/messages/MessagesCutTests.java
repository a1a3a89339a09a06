// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The provider dies at each event of its stream. The client gets one message.
 */
class MessagesCutTests {

	static final List<String> KINDS = MessagesGateway.KINDS;

	/** The last is more than any answer here has; all with a system property. */
	private static final int[] EVENTS = Boolean.getBoolean("fallback-ai.test.every-event")
			? IntStream.range(0, 24).toArray() : new int[] { 0, 1, 2, 4, 7, 9, 23 };

	private static final String TEXT = "Breakers protect callers. The next model answers!";

	private static final ToolCall WEATHER = ToolCall.of("weather", "{\"city\":\"Oslo\"}");

	private static final String TOOLS = ",\"tools\":[{\"name\":\"weather\",\"input_schema\":{\"type\":\"object\"}}]";

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

	@ParameterizedTest
	@FieldSource("KINDS")
	void goesOnWithTheText(String kind) {
		second.answers((request) -> TEXT);
		for (int event : EVENTS) {
			first.always(broken(Outcome.answer(Answer.text(TEXT).withReasoning("Hm, so")), event));
			MessageStreamCheck check = ask(kind, "");
			assertThat(check.text()).as("event %d: %s", event, check).isEqualTo(TEXT);
			assertThat(check.types().get(check.types().size() - 1)).isEqualTo("text");
			assertThat(check.message().path("stop_reason").asText()).isEqualTo("end_turn");
		}
	}

	@ParameterizedTest
	@FieldSource("KINDS")
	void callsAToolOnce(String kind) {
		Answer answer = Answer.toolCalls(WEATHER);
		second.always(Outcome.answer(answer));
		for (int event : EVENTS) {
			first.always(broken(Outcome.answer(answer.withReasoning("Hm, so")), event));
			MessageStreamCheck check = ask(kind, TOOLS);
			List<JsonNode> calls = calls(check);
			assertThat(calls).as("event %d: %s", event, check).hasSize(1);
			assertThat(calls.get(0).path("input").path("city").asText()).isEqualTo("Oslo");
			assertThat(check.message().path("stop_reason").asText()).isEqualTo("tool_use");
		}
	}

	/** The next one answers anew if the call itself breaks off. */
	@ParameterizedTest
	@FieldSource("KINDS")
	void callsAToolOnceBehindAText(String kind) {
		Answer answer = Answer.toolCalls(WEATHER);
		second.always(Outcome.answer(answer.withText("I will look.")));
		for (int event : EVENTS) {
			first.always(broken(Outcome.answer(answer.withText("Let me see.")), event));
			MessageStreamCheck check = ask(kind, TOOLS);
			assertThat(calls(check)).as("event %d: %s", event, check).hasSize(1);
			assertThat(check.text()).matches("(?s)(Let.{0,10})?(I will look\\.)?");
		}
	}

	private static Outcome broken(Outcome outcome, int event) {
		return switch (event % 3) {
			case 0 -> outcome.cutAfterEvents(event);
			case 1 -> outcome.cutAfterEvents(event).byReset();
			default -> outcome.errorAfterTokens(event / 2, ProviderError.of(529));
		};
	}

	private static List<JsonNode> calls(MessageStreamCheck check) {
		List<JsonNode> calls = new ArrayList<>();
		check.content().forEach((block) -> {
			if (block.path("type").asText().equals("tool_use")) {
				calls.add(block);
			}
		});
		return calls;
	}

	/** Before every kind of second provider in turn. */
	private static MessageStreamCheck ask(String kind, String more) {
		gateway.reset();
		String other = KINDS.get(first.requestCount() % KINDS.size());
		return MessageStreamCheck.of(gateway.post("/v1/messages",
				"{\"model\":\"" + kind + '-' + other + "\",\"max_tokens\":900,\"stream\":true,"
						+ "\"thinking\":{\"type\":\"adaptive\"},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
						+ more + "}")
			.body());
	}

}
