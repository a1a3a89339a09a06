// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Continuation;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The primary endpoint dies at each event of its stream. The client sees one well-formed
 * response all the same.
 */
class ResponsesRecoveryTests {

	private static final String ANSWER = "One two three four five six.";

	private static final ToolCall WEATHER = ToolCall.of("weather", "{\"city\":\"Oslo\"}");

	private static final String ASK = "{\"model\":\"auto\",\"stream\":true,\"input\":\"Count.\"}";

	private static final String ASK_TOOL = "{\"model\":\"auto\",\"stream\":true,\"input\":\"Weather?\","
			+ "\"tools\":[{\"type\":\"function\",\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}]}";

	/** More than any of the streams has. */
	private static final int EVENTS = 60;

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@ParameterizedTest
	@ValueSource(strings = { "openai", ResponsesFixture.RESPONSES, "anthropic", "gemini" })
	void goesOnWithTheText(String kind) {
		backup.continuation(Continuation.FROM_START);
		Answer answer = Answer.text(ANSWER).withReasoning("I count.");
		backup.always(Outcome.answer(answer));
		int unharmed = 0;
		int event = 0;
		try (GatewayServer gateway = before(kind)) {
			for (; event < EVENTS && unharmed < 2; event++) {
				Outcome dies = Outcome.answer(answer).cutAfterEvents(event);
				primary.always((event % 2 == 0) ? dies : dies.byReset());
				ResponseEvents events = ResponsesFixture.stream(gateway, ASK);
				assertThat(events.status()).isEqualTo("completed");
				assertThat(events.text()).as("dead at event %d", event).isEqualTo(ANSWER);
				assertThat(events.items("message")).hasSize(1);
				assertThat(events.items("reasoning")).isNotEmpty();
				// An answer that was complete before its stream ended is one.
				unharmed = events.comments().isEmpty() ? unharmed + 1 : 0;
			}
		}
		assertThat(event).isBetween(7, EVENTS - 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", ResponsesFixture.RESPONSES, "anthropic", "gemini" })
	void callsToolsOnce(String kind) {
		Answer answer = Answer.toolCalls(WEATHER).withReasoning("I look.");
		backup.always(Outcome.answer(answer));
		try (GatewayServer gateway = before(kind)) {
			int unharmed = 0;
			for (int event = 0; event < EVENTS && unharmed < 2; event++) {
				primary.always(Outcome.answer(answer).cutAfterEvents(event));
				ResponseEvents events = ResponsesFixture.stream(gateway, ASK_TOOL);
				assertThat(events.status()).isEqualTo("completed");
				assertThat(events.items("function_call")).singleElement()
					.satisfies((call) -> assertThat(call.path("arguments").textValue()).isEqualTo(WEATHER.arguments()));
				assertThat(events.items("message")).isEmpty();
				unharmed = events.comments().isEmpty() ? unharmed + 1 : 0;
			}
		}
	}

	@Test
	void failsWithinTheStreamIfNobodyCanGoOn() {
		ProviderError error = ProviderError.of(500);
		backup.always(Outcome.error(error));
		primary.always(Outcome.answer(ANSWER).errorAfterTokens(3, error));
		try (GatewayServer gateway = before("openai")) {
			ResponseEvents events = ResponsesFixture.stream(gateway, ASK);
			assertThat(events.status()).isEqualTo("failed");
			JsonNode response = events.response();
			assertThat(response.path("error").path("code").textValue()).isEqualTo("server_error");
			assertThat(ANSWER).startsWith(events.text().strip());
			assertThat(events.text()).isNotEmpty();
			assertThat(response.path("output").path(0).path("status").textValue()).isEqualTo("incomplete");
			String id = response.path("id").textValue();
			assertThat(ResponsesFixture
				.post(gateway, "{\"model\":\"auto\",\"input\":\"x\",\"previous_response_id\":\"" + id + "\"}")
				.error("code")).isEqualTo("previous_response_not_found");
		}
	}

	@Test
	void anErrorBeforeTheFirstEventIsAStatus() {
		primary.always(Outcome.status(500));
		backup.always(Outcome.status(500));
		try (GatewayServer gateway = before("openai")) {
			RawResponse response = ResponsesFixture.post(gateway, ASK);
			assertThat(response.status()).isEqualTo(502);
			assertThat(response.error("code")).isEqualTo("all_endpoints_failed");
		}
	}

	private static GatewayServer before(String kind) {
		return GatewayServer.withoutBreakers(CallSettings.DEFAULTS, ResponsesFixture.endpoint(primary, kind),
				ResponsesFixture.endpoint(backup, kind));
	}

}
