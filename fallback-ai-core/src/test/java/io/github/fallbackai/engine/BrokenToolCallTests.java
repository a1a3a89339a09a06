// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.List;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer breaks off within a tool call, behind text that the caller cannot be told to
 * discard.
 */
class BrokenToolCallTests {

	private static final ToolCall CALL = new ToolCall("1", "look", "{}");

	private final Scenario scenario = new Scenario();

	/** A model that is asked to go on might write about the call instead. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "I will look. | Let me look.\\n\\nI will look.",
			"Let me look. | Let me look.", "Let me look. Now. | Let me look.\\n\\nNow." })
	void beginsAnewBehindTheText(String again, String whole) {
		breaksOff("a");
		ScriptedEndpoint b = calls("b", again);
		Scenario.Caller caller = this.scenario.call(ChatRequest.of("hello"), Delivery.RELAY);
		assertThat(caller.error).isNull();
		assertThat(caller.text()).isEqualTo(whole.replace("\\n", "\n"));
		assertThat(caller.result().response().text()).isEqualTo(caller.text());
		assertThat(caller.result().response().toolCalls()).containsExactly(CALL);
		assertThat(b.requests.get(0).chat().messages()).isEqualTo(ChatRequest.of("hello").messages());
	}

	@Test
	void doesSoAfterASecondCut() {
		breaksOff("a");
		breaksOff("b");
		calls("c", "I will look.");
		Scenario.Caller caller = this.scenario.call(ChatRequest.of("hello"), Delivery.RELAY);
		assertThat(caller.text()).isEqualTo("Let me look.\n\nI will look.");
		assertThat(caller.result().response().toolCalls()).containsExactly(CALL);
	}

	private void breaksOff(String endpoint) {
		this.scenario.endpoint(endpoint)
			.emits(Flux.concat(ScriptedEndpoint.texts("Let me look."), Flux.just(new EndpointEvent.ToolCallProgress()),
					ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
	}

	private ScriptedEndpoint calls(String endpoint, String text) {
		return this.scenario.endpoint(endpoint)
			.emits(Flux.concat(ScriptedEndpoint.texts(text),
					Flux.fromIterable(
							List.of(new EndpointEvent.ToolCallProgress(), new EndpointEvent.ToolCallComplete(CALL))),
					ScriptedEndpoint.finish()));
	}

}
