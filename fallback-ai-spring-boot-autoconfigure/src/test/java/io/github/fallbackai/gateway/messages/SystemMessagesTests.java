// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.ProviderRules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instructions that stand between other messages, as coding agents send them with a beta.
 */
class SystemMessagesTests {

	private static final String BETA = "claude-code-20250219,mid-conversation-system-2026-04-07";

	private static final String REQUEST = """
			{"model":"%s","max_tokens":500,"stream":true,"system":[{"type":"text","text":"You are an agent."}],
			"tools":[{"name":"look","input_schema":{"type":"object"}}],
			"messages":[{"role":"user","content":"Look."},{"role":"system","content":"One file only."},
			{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"look","input":{}}]},
			{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"a.txt"}]},
			{"role":"system","content":[{"type":"text","text":"Be brief now."}]}]}""";

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

	@BeforeEach
	void prepare() {
		gateway.reset();
		first.rules(ProviderRules.STRICT);
		second.rules(ProviderRules.STRICT);
	}

	@Test
	void reachAnthropicWhereTheyStand() {
		first.always(Outcome.answer("One file."));
		assertThat(ask("anthropic-openai").text()).isEqualTo("One file.");
		RecordedRequest request = first.requests().get(0);
		assertThat(request.refusal()).isNull();
		assertThat(request.body().path("messages"))
			.isEqualTo(MessagesGateway.json(REQUEST.formatted("any")).path("messages"));
	}

	@Test
	void reachTheNextAnthropicThatGoesOn() {
		first.always(Outcome.answer("There is one file only.").cutAfterTokens(3));
		second.answers((request) -> "There is one file only.");
		assertThat(ask("anthropic-anthropic").text()).isEqualTo("There is one file only.");
		assertThat(second.requests()).extracting(RecordedRequest::refusal).containsOnlyNulls();
		assertThat(second.requests().get(0).body().at("/messages/4/role").asText()).isEqualTo("system");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "responses", "gemini" })
	void reachOthersInTheirWords(String kind) {
		first.always(Outcome.answer("One file."));
		assertThat(ask(kind + "-openai").text()).isEqualTo("One file.");
		assertThat(first.requests()).extracting(RecordedRequest::refusal).containsOnlyNulls();
		assertThat(first.requests().get(0).body().toString()).contains("You are an agent.", "One file only.",
				"Be brief now.");
	}

	private static MessageStreamCheck ask(String model) {
		return MessageStreamCheck
			.of(gateway.post("/v1/messages", REQUEST.formatted(model), "anthropic-beta", BETA).body());
	}

}
