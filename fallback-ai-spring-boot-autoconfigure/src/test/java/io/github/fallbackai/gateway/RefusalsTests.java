// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.FinishReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients of the gateway get when a model declines and {@code fallback-on} lists
 * {@code refused}.
 */
class RefusalsTests {

	private static final String WORDS = "I cannot help with that.";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@Test
	void anotherModelAnswers() {
		primary.always(Outcome.answer(Answer.refusal(WORDS)));
		backup.always(Outcome.answer("Like this."));
		try (GatewayServer gateway = gateway()) {
			RawResponse streamed = RawResponse.stream(gateway, "How?");
			assertThat(streamed.text()).isEqualTo("Like this.");
			assertThat(streamed.body()).doesNotContain("cannot");
			assertThat(streamed.header("x-fallback-ai-endpoint")).isEqualTo("backup");
			RawResponse whole = RawResponse.ask(gateway, "auto", "How?");
			assertThat(whole.json().at("/choices/0/message/content").asText()).isEqualTo("Like this.");
		}
	}

	@Test
	void firstRefusalComesAsOne() {
		primary.always(Outcome.answer(Answer.refusal(WORDS)));
		backup.always(Outcome.answer(Answer.refusal("Never.")));
		try (GatewayServer gateway = gateway()) {
			RawResponse streamed = RawResponse.stream(gateway, "How?");
			assertThat(streamed.body()).contains("\"refusal\":\"" + WORDS).doesNotContain("Never", "\"error\"");
			assertThat(streamed.header("x-fallback-ai-endpoint")).isEqualTo("primary");
			RawResponse whole = RawResponse.ask(gateway, "auto", "How?");
			assertThat(whole.json().at("/choices/0/message/refusal").asText()).isEqualTo(WORDS);
		}
	}

	@Test
	void cutAnswerDoesNotEndAsOne() {
		primary.always(
				Outcome.answer(Answer.text("First take the long one").withFinishReason(FinishReason.CONTENT_FILTER)));
		backup.always(Outcome.answer("Like this."));
		try (GatewayServer gateway = gateway()) {
			List<String> lines = RawResponse.stream(gateway, "How?").lines();
			assertThat(lines.get(lines.size() - 1)).contains("\"code\":\"stream_interrupted\"");
			assertThat(lines).noneMatch((line) -> line.contains("\"finish_reason\":\"") || line.contains("[DONE]"));
			assertThat(RawResponse.ask(gateway, "auto", "How?").json().at("/choices/0/message/content").asText())
				.isEqualTo("Like this.");
		}
	}

	private static GatewayServer gateway() {
		CallSettings calls = CallSettings.builder().fallbackOn(Set.of(FailureKind.REFUSED)).build();
		return GatewayServer.with(calls, GatewaySettings.DEFAULTS, endpoint("primary", primary),
				endpoint("backup", backup));
	}

	private static Endpoint endpoint(String name, ProviderSimulatorExtension simulator) {
		return Endpoint.named(name).url(URI.create(simulator.url())).model("model-" + name).build();
	}

}
