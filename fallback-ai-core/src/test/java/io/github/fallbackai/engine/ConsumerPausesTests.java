// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time for which a consumer wants nothing counts against no endpoint and towards no
 * deadline.
 */
class ConsumerPausesTests {

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	/** The announcement of the attempt and the first piece of the answer. */
	private static final long ATTEMPT_AND_PIECE = 2;

	private final Scenario scenario = new Scenario();

	@Test
	void areNoSilenceWhenTheProviderBreaksOffMeanwhile() {
		this.scenario.settings(withDeadline(5));
		this.scenario.endpoint("a").emits(breaksOff(Duration.ofSeconds(30), "one "));
		this.scenario.endpoint("b").answers("two");
		Scenario.Caller caller = this.scenario.streamWithDemand(ATTEMPT_AND_PIECE);
		this.scenario.advance(Duration.ofSeconds(60));
		caller.requestUnbounded();
		assertThat(caller.result().response().text()).isEqualTo("one two");
	}

	@Test
	void areNoSilenceWhenAHedgedAnswerBreaksOffMeanwhile() {
		this.scenario.settings(CallSettings.builder()
			.deadline(Duration.ofSeconds(5))
			.hedge(new HedgeSettings(Duration.ofSeconds(1), 1))
			.build());
		this.scenario.endpoint("a").emits(breaksOff(Duration.ofSeconds(29), "one ", "two "));
		this.scenario.endpoint("b").answers("three");
		Scenario.Caller caller = this.scenario.streamWithDemand(ATTEMPT_AND_PIECE);
		this.scenario.advance(Duration.ofSeconds(60));
		caller.requestUnbounded();
		assertThat(caller.result().response().text()).isEqualTo("one two three");
	}

	@Test
	void countAgainstNoEndpointThatWasNotAskedYet() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(a.paced(Duration.ofSeconds(14), ScriptedEndpoint.texts("Hi")).concatWith(ScriptedEndpoint.finish()));
		Scenario.Caller caller = this.scenario.streamWithDemand(0);
		this.scenario.advance(Duration.ofSeconds(60));
		caller.requestUnbounded();
		this.scenario.advance(Duration.ofSeconds(14));
		assertThat(caller.result().response().attempts()).singleElement()
			.extracting(Attempt::timeToFirstContent)
			.isEqualTo(Duration.ofSeconds(14));
		assertThat(this.scenario.log).contains("a first content after 14000");
	}

	@Test
	void prolongTheDeadline() {
		this.scenario.settings(withDeadline(5));
		this.scenario.endpoint("a").hangs();
		Scenario.Caller caller = this.scenario.streamWithDemand(1);
		this.scenario.advance(Duration.ofSeconds(60));
		caller.requestUnbounded();
		this.scenario.advance(Duration.ofSeconds(5).minus(MILLISECOND));
		assertThat(caller.error).isNull();
		this.scenario.advance(MILLISECOND);
		assertThat(caller.error).isInstanceOf(DeadlineExceededException.class);
	}

	@Test
	void prolongTheDeadlineForTheNextEndpointToo() {
		this.scenario.settings(withDeadline(5));
		this.scenario.endpoint("a").emits(breaksOff(Duration.ofSeconds(61)));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.streamWithDemand(1);
		this.scenario.advance(Duration.ofSeconds(60));
		caller.requestUnbounded();
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void prolongTheTotalLimit() {
		AttemptLimits limits = new AttemptLimits(Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(30),
				Duration.ofSeconds(20), false);
		ScriptedEndpoint a = this.scenario.endpoint("a", (builder) -> builder.limits(limits));
		a.emits(Flux.interval(Duration.ofSeconds(1), this.scenario.time)
			.onBackpressureDrop()
			.map((tick) -> new EndpointEvent.Text("x")));
		Scenario.Caller caller = this.scenario.streamWithDemand(11);
		this.scenario.advance(Duration.ofSeconds(100));
		assertThat(caller.text()).hasSize(10);
		caller.requestUnbounded();
		this.scenario.advance(Duration.ofSeconds(10).minus(MILLISECOND));
		assertThat(caller.error).isNull();
		this.scenario.advance(MILLISECOND);
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
	}

	@Test
	void theDeadlineStandsStillWhileContentFlowsAndRunsOnAfterIt() {
		this.scenario.settings(withDeadline(12));
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(a.paced(Duration.ofSeconds(4), ScriptedEndpoint.texts("1", "2", "3", "4", "5", "6", "7"))
			.concatWith(breaksOff(Duration.ofSeconds(3)))).hangs();
		this.scenario.endpoint("b").hangs();
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(31));
		assertThat(this.scenario.log).contains("b called");
		this.scenario.advance(Duration.ofSeconds(5).minus(MILLISECOND));
		assertThat(caller.error).isNull();
		this.scenario.advance(MILLISECOND);
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
		assertThat(this.scenario.log).contains("b failed TIMED_OUT, neutral");
	}

	@Test
	void partOfAHedgedAnswerThatTheConsumerNeverSawIsNotToldAsReceived() {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(Duration.ofSeconds(1), 1)).build());
		this.scenario.endpoint("a").answers("one ", "two ", "three");
		this.scenario.endpoint("b");
		Scenario.Caller caller = this.scenario.streamWithDemand(ATTEMPT_AND_PIECE);
		this.scenario.advance(Duration.ofMinutes(2));
		assertThat(caller.error).isInstanceOfSatisfying(StreamInterruptedException.class,
				(exception) -> assertThat(exception.partialText()).isEqualTo("one "));
	}

	private Flux<EndpointEvent> breaksOff(Duration after, String... pieces) {
		return ScriptedEndpoint.texts(pieces)
			.concatWith(Flux.<EndpointEvent>never().takeUntilOther(Mono.delay(after, this.scenario.time)))
			.concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST));
	}

	private static CallSettings withDeadline(int seconds) {
		return CallSettings.builder().deadline(Duration.ofSeconds(seconds)).build();
	}

}
