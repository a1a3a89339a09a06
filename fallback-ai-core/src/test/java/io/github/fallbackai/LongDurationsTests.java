// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.CoolDownSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Durations in Java may be of any length: the longest ones mean "for ever".
 */
class LongDurationsTests {

	private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Flux<EndpointEvent> ANSWER = Flux.just(new EndpointEvent.Text("Hi"),
			new EndpointEvent.Finished(FinishReason.STOP, "stop"));

	private final Endpoint primary = endpoint("primary");

	private final Endpoint backup = endpoint("backup");

	private Flux<EndpointEvent> answerOfPrimary = ANSWER;

	private AiFallbackTemplate template;

	@AfterEach
	void close() {
		this.template.close();
	}

	@Test
	void limitsForEverLetEveryCallPass() {
		this.template = template(CallSettings.builder()
			.deadline(FOR_EVER)
			.attemptTimeouts(List.of(FOR_EVER))
			.hedge(new HedgeSettings(FOR_EVER, 1))
			.switchDelay(FOR_EVER)
			.build(), RetrySettings.DEFAULTS);
		assertThat(this.template.chat("hello").block(PATIENCE).text()).isEqualTo("Hi");
		assertThat(this.template.streamText("hello").collectList().block(PATIENCE)).containsExactly("Hi");
	}

	@Test
	void aCallMayTakeForEver() {
		this.template = template(CallSettings.DEFAULTS, RetrySettings.DEFAULTS);
		ChatRequest request = ChatRequest.builder()
			.user("hello")
			.options(ChatOptions.builder().deadline(FOR_EVER).firstContent(FOR_EVER).build())
			.build();
		assertThat(this.template.chat(request).block(PATIENCE).text()).isEqualTo("Hi");
		assertThat(this.template.stream(request).collectList().block(PATIENCE)).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "RATE_LIMITED", "QUOTA_EXHAUSTED", "AUTHENTICATION", "PERMISSION_DENIED", "MODEL_UNAVAILABLE",
			"SERVER_ERROR" })
	void anEndpointThatRestsForEverIsPassedOver(FailureKind kind) {
		this.template = template(CallSettings.DEFAULTS, RetrySettings.DEFAULTS);
		this.answerOfPrimary = Flux.error(() -> new EndpointException(Failure.of(kind).retryAfter(FOR_EVER).build()));
		for (int i = 0; i < 5; i++) {
			assertThat(this.template.chat("hello").block(PATIENCE).endpoint()).isEqualTo("backup");
		}
		assertThat(this.template.status().endpoint("primary").orElseThrow().skipRemaining())
			.isGreaterThan(Duration.ofDays(365));
	}

	@Test
	void aPauseForEverIsNoError() {
		this.template = template(CallSettings.builder().deadline(FOR_EVER).switchDelay(FOR_EVER).build(),
				RetrySettings.DEFAULTS);
		expectSilenceAfterAFailure();
	}

	@Test
	void aBackoffForEverIsNoError() {
		this.template = template(CallSettings.builder().deadline(FOR_EVER).build(),
				new RetrySettings(3, FOR_EVER, RetrySettings.DEFAULTS.kinds()));
		expectSilenceAfterAFailure();
	}

	private void expectSilenceAfterAFailure() {
		this.answerOfPrimary = Flux.error(() -> new EndpointException(Failure.of(FailureKind.SERVER_ERROR).build()));
		StepVerifier.create(this.template.chat("hello"))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(100))
			.thenCancel()
			.verify(PATIENCE);
	}

	private AiFallbackTemplate template(CallSettings settings, RetrySettings retry) {
		CoolDownSettings coolDown = new CoolDownSettings(FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER);
		return AiFallbackTemplate.builder()
			.endpoint(this.primary, retry)
			.endpoint(this.backup)
			.settings(settings)
			.gates(EndpointGates.builder().endpoints(List.of(this.primary, this.backup)).coolDown(coolDown).build())
			.consumerStall(FOR_EVER)
			.listeners(List.of())
			.clients((endpoint) -> (request) -> endpoint.name().equals("primary")
					? Flux.defer(() -> this.answerOfPrimary) : ANSWER)
			.build();
	}

	private static Endpoint endpoint(String name) {
		return Endpoint.named(name)
			.url(URI.create("http://localhost:1"))
			.model("m")
			.limits(new AttemptLimits(FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER, true))
			.breaker(new BreakerSettings(1, 50, 20, FOR_EVER, FOR_EVER, 1))
			.build();
	}

}
