// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever made a call fail, its end tells listeners why, with every attempt and every
 * endpoint that was passed over, and without anything that a model or a provider said.
 */
class FailedCallTests {

	private final Scenario scenario = new Scenario();

	@Test
	void namesAttemptsAndSkipsWhenEveryEndpointFails() {
		this.scenario.endpoint("a").open(Duration.ofSeconds(5));
		this.scenario.endpoint("b").fails(FailureKind.OVERLOADED);
		this.scenario.endpoint("c").fails(Failure.of(FailureKind.SERVER_ERROR).providerMessage("the prompt was"));
		Scenario.Caller caller = this.scenario.ask();
		assertThat(told()).isSameAs(caller.error);
		assertThat(told().getMessage()).contains("b: OVERLOADED", "c: SERVER_ERROR", "a: BREAKER_OPEN")
			.doesNotContain("prompt");
	}

	@Test
	void namesSkipsWhenTheCallWasRefused() {
		this.scenario.endpoint("a").open(Duration.ofSeconds(5));
		this.scenario.endpoint("b").fails(FailureKind.INVALID_REQUEST);
		this.scenario.endpoint("c");
		this.scenario.ask();
		assertThat(told().getMessage()).contains("b: INVALID_REQUEST", "a: BREAKER_OPEN");
		assertThat(told().skips()).hasSize(1);
	}

	@Test
	void namesThePassedDeadlineOfAChainOfOne() {
		this.scenario.settings(CallSettings.builder().deadline(Duration.ofSeconds(2)).build());
		this.scenario.endpoint("a").hangs();
		this.scenario.ask();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(told().getMessage()).contains("deadline of 2000 ms", "a: TIMED_OUT");
	}

	@Test
	void namesTheStreamThatCouldNotBeRecovered() {
		this.scenario.endpoint("a")
			.emits(ScriptedEndpoint.texts("secret").concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		this.scenario.stream();
		assertThat(told().getMessage()).contains("cut after 6 characters", "a: CONNECTION_LOST")
			.doesNotContain("secret");
	}

	@Test
	void namesTheConsumerThatTookNothing() {
		this.scenario.endpoint("a").answers("one", "two", "three");
		this.scenario.streamWithDemand(2);
		this.scenario.advance(Duration.ofMinutes(2));
		assertThat(told().getMessage()).contains("LOCAL");
	}

	@Test
	void tellsNothingOfACallerWhoLeft() {
		this.scenario.endpoint("a").hangs();
		this.scenario.stream().cancel();
		assertThat(ended().exception()).isNull();
	}

	private AiFallbackException told() {
		AiFallbackException exception = ended().exception();
		assertThat(exception).isNotNull();
		return exception;
	}

	private FailoverEvent.CallEnded ended() {
		return this.scenario.events.stream()
			.filter(FailoverEvent.CallEnded.class::isInstance)
			.map(FailoverEvent.CallEnded.class::cast)
			.reduce((first, second) -> {
				throw new AssertionError("two ends");
			})
			.orElseThrow();
	}

}
