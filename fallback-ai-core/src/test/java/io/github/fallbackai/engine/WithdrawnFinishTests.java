// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RecoverySettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer that goes on after a finish reason was not at its end.
 */
class WithdrawnFinishTests {

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private final Scenario scenario = new Scenario()
		.settings(CallSettings.builder().recovery(RecoverySettings.DEFAULTS.withMode(StreamRecovery.FAIL)).build());

	private final ScriptedEndpoint endpoint = this.scenario.endpoint("a");

	@Test
	void theLastReasonCounts() {
		this.endpoint.emits(Flux.concat(goingOn(), ScriptedEndpoint.finish(FinishReason.LENGTH)));
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.result().response().text()).isEqualTo("Hi there");
		assertThat(caller.result().response().finishReason()).isEqualTo(FinishReason.LENGTH);
	}

	@Test
	void anErrorIsAnErrorAgain() {
		this.endpoint.emits(Flux.concat(goingOn(), ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)));
		assertInterrupted(this.scenario.stream(), FailureKind.SERVER_ERROR);
	}

	@Test
	void anEndWithoutAReasonIsATruncationAgain() {
		this.endpoint.emits(goingOn());
		assertInterrupted(this.scenario.stream(), FailureKind.CONNECTION_LOST);
	}

	@Test
	void silenceIsBoundedByTheIdleLimitAgain() {
		this.endpoint.emits(Flux.concat(goingOn(), Flux.never()));
		Duration idle = this.endpoint.endpoint().limits().idle();
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(idle.minus(MILLISECOND));
		assertThat(caller.error).isNull();
		assertThat(caller.completed).isFalse();
		this.scenario.advance(MILLISECOND);
		assertInterrupted(caller, FailureKind.TIMED_OUT);
	}

	@Test
	void anAnswerMayBeginAfterAnEmptyEnd() {
		this.endpoint.emits(Flux.concat(ScriptedEndpoint.finish(), ScriptedEndpoint.texts("Hi"),
				ScriptedEndpoint.finish(), Flux.never()));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(caller.result().response().text()).isEqualTo("Hi");
	}

	@Test
	void anEchoIsRemovedThatGoesOnAfterAReason() {
		Scenario recovering = new Scenario();
		recovering.endpoint("a")
			.emits(ScriptedEndpoint.texts("The sky is blue because", " of ")
				.concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		recovering.endpoint("b")
			.emits(Flux.concat(ScriptedEndpoint.texts("The sky is "), ScriptedEndpoint.finish(),
					ScriptedEndpoint.texts("blue because of ", "scattering."), ScriptedEndpoint.finish()));
		Scenario.Caller caller = recovering.stream();
		assertThat(caller.text()).isEqualTo("The sky is blue because of scattering.");
		assertThat(caller.result().response().finishReason()).isEqualTo(FinishReason.STOP);
	}

	private static Flux<EndpointEvent> goingOn() {
		return Flux.concat(ScriptedEndpoint.texts("Hi "), ScriptedEndpoint.finish(), ScriptedEndpoint.texts("there"));
	}

	private static void assertInterrupted(Scenario.Caller caller, FailureKind kind) {
		assertThat(caller.error).isInstanceOfSatisfying(StreamInterruptedException.class,
				(exception) -> assertThat(exception.kind()).isEqualTo(kind));
	}

}
