// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.EnumSet;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No pause of a call outlasts its deadline or takes the time of the candidates behind it.
 */
class PausesTests {

	private static final Duration DEADLINE = Duration.ofSeconds(9);

	private static final Duration LONG = Duration.ofSeconds(60);

	private final Scenario scenario = new Scenario();

	@Test
	void theNextEndpointIsAskedInsteadOfAPauseThatDoesNotFit() {
		settings(Duration.ZERO);
		this.scenario.endpoint("a").retry(retry(LONG)).fails(FailureKind.OVERLOADED);
		this.scenario.endpoint("b").answers("Hi");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void aPauseBeforeARetryLeavesTheTimeOfTheNextEndpoints() {
		settings(Duration.ZERO);
		// Half of it at least, and each of the two others gets a third of what is left.
		this.scenario.endpoint("a").retry(retry(Duration.ofSeconds(8))).fails(FailureKind.OVERLOADED);
		this.scenario.endpoint("b").answers("Hi");
		this.scenario.endpoint("c");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void aPauseBeforeARetryThatFitsIsMade() {
		settings(Duration.ZERO);
		this.scenario.endpoint("a").retry(retry(Duration.ofSeconds(2))).fails(FailureKind.OVERLOADED).answers("Hi");
		this.scenario.endpoint("b");
		this.scenario.endpoint("c");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
	}

	@Test
	void noPauseBeginsBehindWhichNothingFits() {
		settings(Duration.ZERO);
		this.scenario.endpoint("a").retry(retry(LONG)).fails(FailureKind.OVERLOADED);
		assertThat(this.scenario.stream().error).isInstanceOf(AllEndpointsFailedException.class);
	}

	@Test
	void noRetryIsSentWhenNoTimeIsLeft() {
		settings(Duration.ZERO);
		ScriptedEndpoint a = this.scenario.endpoint("a").retry(retry(Duration.ZERO));
		a.emits(Flux.<EndpointEvent>never()
			.takeUntilOther(Mono.delay(DEADLINE.minusMillis(5), this.scenario.time))
			.concatWith(ScriptedEndpoint.failure(FailureKind.OVERLOADED)));
		Scenario.Caller caller = this.scenario.ask();
		this.scenario.advance(DEADLINE);
		assertThat(caller.error).isInstanceOf(DeadlineExceededException.class);
		assertThat(a.requests).hasSize(1);
	}

	@Test
	void noRequestWithoutThePrefillIsSentWhenNoTimeIsLeft() {
		settings(Duration.ZERO);
		ScriptedEndpoint a = this.scenario.endpoint("a",
				(builder) -> builder.capabilities(EnumSet.allOf(Capability.class)));
		a.emits(ScriptedEndpoint.texts("one ").concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		a.emits(Flux.<EndpointEvent>never()
			.takeUntilOther(Mono.delay(DEADLINE.minusMillis(5), this.scenario.time))
			.concatWith(ScriptedEndpoint.failure(FailureKind.INVALID_REQUEST)));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DEADLINE);
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
		assertThat(a.requests).hasSize(2);
	}

	@Test
	void aPauseBeforeASwitchLeavesTheTimeOfTheNextEndpoint() {
		settings(LONG);
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(5));
		assertThat(caller.completed).isFalse();
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void thereIsNothingToPauseForWhenNoEndpointFollows() {
		settings(LONG);
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		assertThat(this.scenario.stream().error).isInstanceOf(AllEndpointsFailedException.class);
	}

	@Test
	void noWaitBeginsForAnEndpointThatIsBackTooLate() {
		this.scenario.settings(CallSettings.builder().waitWhenUnavailable(true).deadline(DEADLINE).build());
		this.scenario.endpoint("a").open(DEADLINE.minusMillis(5));
		assertThat(this.scenario.stream().error).isInstanceOf(NoEndpointAvailableException.class);
	}

	@Test
	void aDeadlineThatIsOverIsToldAsSuchAfterTheLastAttempt() {
		this.scenario.settings(CallSettings.builder().deadline(DEADLINE).maxAttempts(1).build());
		this.scenario.endpoint("a").hangs();
		Scenario.Caller caller = this.scenario.ask();
		this.scenario.advance(DEADLINE);
		assertThat(caller.error).isInstanceOf(DeadlineExceededException.class);
	}

	@Test
	void aDeadlineThatLeavesNoTimeForAnAnswerIsOver() {
		settings(Duration.ZERO);
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>never()
				.takeUntilOther(Mono.delay(DEADLINE.minusMillis(5), this.scenario.time))
				.concatWith(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)));
		Scenario.Caller caller = this.scenario.ask();
		this.scenario.advance(DEADLINE.minusMillis(5));
		assertThat(caller.error).isInstanceOf(DeadlineExceededException.class);
	}

	private void settings(Duration switchDelay) {
		this.scenario.settings(CallSettings.builder().deadline(DEADLINE).switchDelay(switchDelay).build());
	}

	private static RetrySettings retry(Duration backoff) {
		return new RetrySettings(2, backoff, RetrySettings.DEFAULTS.kinds());
	}

}
