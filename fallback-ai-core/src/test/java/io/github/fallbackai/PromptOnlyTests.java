// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that only fill a provider's cache, which Anthropic does not stream. */
class PromptOnlyTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final ChatRequest REQUEST = ChatRequest.builder().user("A long text.").maxTokens(0).build();

	private static final String NOTHING = """
			{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":"max_tokens",
			"stop_sequence":null,"usage":{"input_tokens":3,"cache_creation_input_tokens":2000,"output_tokens":0}}""";

	@RegisterExtension
	static final ProviderSimulatorExtension anthropic = ProviderSimulatorExtension.create();

	private final AiFallbackTemplate ai = AiFallbackTemplate.builder()
		.endpoint(Endpoint.named("a")
			.provider("anthropic")
			.url(URI.create(anthropic.url()))
			.apiKey(ApiKey.of("k"))
			.model("m")
			.build())
		.build();

	@AfterEach
	void close() {
		this.ai.close();
	}

	@Test
	void areNotStreamed() {
		anthropic.always(Outcome.raw(200, "application/json", NOTHING));
		assertThat(this.ai.streamText(REQUEST).collectList().block(PATIENCE)).isEmpty();
		assertThat(this.ai.stream(REQUEST).blockLast(PATIENCE)).isInstanceOfSatisfying(ChatEvent.Completed.class,
				(completed) -> assertThat(completed.response().usage().cacheWriteTokens()).isEqualTo(2000));
		assertThat(this.ai.chat(REQUEST).block(PATIENCE).text()).isEmpty();
		assertThat(anthropic.requests()).hasSize(3).allMatch((request) -> !request.body().path("stream").asBoolean());
	}

}
