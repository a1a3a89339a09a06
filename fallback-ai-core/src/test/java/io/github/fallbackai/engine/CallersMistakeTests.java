// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that the first endpoint calls invalid goes to no other one, whatever else is
 * going on in the call; one that is refused without a known reason goes to one other.
 */
class CallersMistakeTests {

	private static final Duration DELAY = Duration.ofSeconds(1);

	private final Scenario scenario = new Scenario();

	@Test
	void staysWithTheFirstEndpointAfterARetry() {
		this.scenario.endpoint("a")
			.retry(new RetrySettings(2, Duration.ZERO, RetrySettings.DEFAULTS.kinds()))
			.fails(FailureKind.OVERLOADED)
			.fails(FailureKind.INVALID_REQUEST);
		this.scenario.endpoint("b");
		assertThat(this.scenario.stream().error).isInstanceOf(RequestRefusedException.class);
		assertThat(this.scenario.log).doesNotContain("b called");
	}

	@Test
	void endsARaceWhenTheFirstEndpointCallsItInvalid() {
		hedge();
		this.scenario.endpoint("a").emits(later(FailureKind.INVALID_REQUEST));
		this.scenario.endpoint("b").hangs();
		this.scenario.endpoint("c");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(caller.error).isInstanceOf(RequestRefusedException.class);
		assertThat(this.scenario.log).contains("b cancelled", "b released").doesNotContain("c called");
	}

	@Test
	void whatTheSecondOfARaceRefusesDoesNotStopTheFirst() {
		hedge();
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(a.paced(Duration.ofSeconds(3), ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish())));
		this.scenario.endpoint("b").fails(FailureKind.CONTENT_FILTERED);
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(7));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
		assertThat(caller.result().response().attempts()).extracting(Attempt::failure)
			.containsExactly(FailureKind.CONTENT_FILTERED, null);
		assertThat(this.scenario.log).doesNotContain("a cancelled");
		assertThat(caller.received).doesNotHaveAnyElementsOfTypes(ChatEvent.EndpointSwitched.class);
	}

	@Test
	void movesOnAmongLaterEndpointsOfARace() {
		hedge();
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b").emits(later(FailureKind.INVALID_REQUEST));
		ScriptedEndpoint c = this.scenario.endpoint("c");
		c.emits(c.paced(Duration.ofSeconds(3), ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish())));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(9));
		assertThat(caller.result().response().endpoint()).isEqualTo("c");
		assertThat(this.scenario.log).doesNotContain("c cancelled");
	}

	@Test
	void asksForOneSecondOpinionAndGivesTheFirstAnswer() {
		this.scenario.endpoint("a")
			.fails(Failure.of(FailureKind.REFUSED_UNEXPLAINED).httpStatus(409).providerCode("odd_thing"));
		this.scenario.endpoint("b").fails(Failure.of(FailureKind.INVALID_REQUEST).httpStatus(400));
		this.scenario.endpoint("c");
		assertThat(this.scenario.ask().error).isInstanceOfSatisfying(RequestRefusedException.class, (refused) -> {
			assertThat(refused.kind()).isEqualTo(FailureKind.REFUSED_UNEXPLAINED);
			assertThat(refused.httpStatus()).isEqualTo(409);
			assertThat(refused.providerCode()).isEqualTo("odd_thing");
			assertThat(refused.attempts()).hasSize(2);
		});
		assertThat(this.scenario.log).contains("b called").doesNotContain("c called");
	}

	@Test
	void anEndpointThatFailsForItsOwnReasonsGivesNoSecondOpinion() {
		this.scenario.endpoint("a").fails(FailureKind.REFUSED_UNEXPLAINED);
		this.scenario.endpoint("b").fails(FailureKind.OVERLOADED);
		this.scenario.endpoint("c").answers("Hello");
		assertThat(this.scenario.ask().result().response().endpoint()).isEqualTo("c");
	}

	@Test
	void theOnlyEndpointsUnexplainedRefusalGoesToTheCaller() {
		this.scenario.endpoint("a").fails(Failure.of(FailureKind.REFUSED_UNEXPLAINED).httpStatus(422));
		assertThat(this.scenario.ask().error).isInstanceOfSatisfying(RequestRefusedException.class,
				(refused) -> assertThat(refused.httpStatus()).isEqualTo(422));
	}

	@Test
	void aRefusalIsNoAnswerToAnOutage() {
		this.scenario.endpoint("a").fails(FailureKind.REFUSED_UNEXPLAINED);
		this.scenario.endpoint("b").fails(FailureKind.OVERLOADED);
		assertThat(this.scenario.ask().error).isInstanceOf(AllEndpointsFailedException.class);
	}

	@Test
	void aRaceGivesTheSecondOpinionToo() {
		hedge();
		this.scenario.endpoint("a").emits(later(FailureKind.REFUSED_UNEXPLAINED));
		this.scenario.endpoint("b")
			.emits(Flux.<EndpointEvent>never()
				.takeUntilOther(Mono.delay(Duration.ofSeconds(3), this.scenario.time))
				.concatWith(ScriptedEndpoint.failure(FailureKind.INVALID_REQUEST)));
		this.scenario.endpoint("c");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(9));
		assertThat(caller.error).isInstanceOfSatisfying(RequestRefusedException.class,
				(refused) -> assertThat(refused.kind()).isEqualTo(FailureKind.REFUSED_UNEXPLAINED));
		assertThat(this.scenario.log).doesNotContain("c called");
	}

	private void hedge() {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(DELAY, 1)).build());
	}

	private Flux<EndpointEvent> later(FailureKind kind) {
		return Flux.<EndpointEvent>never()
			.takeUntilOther(Mono.delay(Duration.ofSeconds(2), this.scenario.time))
			.concatWith(ScriptedEndpoint.failure(kind));
	}

}
