// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each contender of a race gives back what it holds, however and whenever it ends.
 */
class RaceEndingTests {

	private static final Duration DELAY = Duration.ofSeconds(1);

	private final Scenario scenario = new Scenario();

	@BeforeEach
	void hedge() {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(DELAY, 1)).build());
	}

	@Test
	void aBackupThatComesTooLateTakesNoPart() {
		Sinks.Many<EndpointEvent> first = Sinks.many().unicast().onBackpressureBuffer();
		this.scenario.endpoint("a").emits(first.asFlux());
		ScriptedEndpoint b = this.scenario.endpoint("b");
		b.entering = () -> first.tryEmitNext(new EndpointEvent.Text("A1 "));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DELAY);
		assertThat(this.scenario.log).contains("b released");
		first.tryEmitNext(new EndpointEvent.Text("A2"));
		ScriptedEndpoint.finish().subscribe(first::tryEmitNext);
		first.tryEmitComplete();
		assertThat(caller.text()).isEqualTo("A1 A2");
		assertThat(this.scenario.log).contains("b released").doesNotContain("b called");
	}

	@Test
	void aBackupThatComesTooLateHasANumberOfItsOwn() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		ScriptedEndpoint b = this.scenario.endpoint("b");
		b.emits(b.paced(DELAY, ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish())));
		failsWhileTheBackupStarts(a, b);
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DELAY.multipliedBy(3));
		assertThat(caller.text()).isEqualTo("Hi");
		assertThat(attempts()).extracting(Attempt::number).containsExactlyInAnyOrder(1, 2, 3);
	}

	@Test
	void aSwitchIsToldAlthoughABackupCameTooLate() {
		this.scenario.settings(
				CallSettings.builder().hedge(new HedgeSettings(DELAY, 1)).switchDelay(Duration.ofSeconds(2)).build());
		failsWhileTheBackupStarts(this.scenario.endpoint("a"), this.scenario.endpoint("b").answers("Hi"));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(4));
		assertThat(caller.received)
			.contains(new ChatEvent.EndpointSwitched("a", "b", "model-b", FailureKind.SERVER_ERROR, false));
	}

	@Test
	void aBackupThatComesTooLateIsNoneOfTheMostAttempts() {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(DELAY, 1)).maxAttempts(2).build());
		Sinks.Many<EndpointEvent> first = Sinks.many().unicast().onBackpressureBuffer();
		this.scenario.endpoint("a").emits(first.asFlux());
		ScriptedEndpoint b = this.scenario.endpoint("b").answers("A1 A2");
		b.entering = () -> first.tryEmitNext(new EndpointEvent.Text("A1 "));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DELAY);
		first.tryEmitError(new EndpointException(Failure.of(FailureKind.CONNECTION_LOST).build()));
		assertThat(caller.text()).isEqualTo("A1 A2");
	}

	private static void failsWhileTheBackupStarts(ScriptedEndpoint first, ScriptedEndpoint backup) {
		Sinks.Many<EndpointEvent> answer = Sinks.many().unicast().onBackpressureBuffer();
		first.emits(answer.asFlux());
		backup.entering = () -> answer
			.tryEmitError(new EndpointException(Failure.of(FailureKind.SERVER_ERROR).build()));
	}

	@Test
	void aLoserGivesBackItsPlaceToACallerWhoNeverHeardOfIt() {
		this.scenario.endpoint("a").hangs();
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.streamWithDemand(1);
		this.scenario.advance(DELAY);
		caller.request(1);
		caller.cancel();
		assertThat(this.scenario.log).contains("a released", "b released");
		assertThat(attempts()).extracting(Attempt::outcome)
			.containsExactlyInAnyOrder(AttemptOutcome.OVERTAKEN, AttemptOutcome.CANCELLED);
	}

	@Test
	void aFailureIsRecordedForACallerWhoNeverHeardOfIt() {
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>never()
				.takeUntilOther(Mono.delay(Duration.ofSeconds(2), this.scenario.time))
				.concatWith(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)));
		this.scenario.endpoint("b").hangs();
		Scenario.Caller caller = this.scenario.streamWithDemand(2);
		this.scenario.advance(Duration.ofSeconds(3));
		caller.cancel();
		assertThat(this.scenario.log).contains("a failed SERVER_ERROR, counts", "b released");
		assertThat(attempts()).extracting(Attempt::outcome)
			.containsExactlyInAnyOrder(AttemptOutcome.FAILED, AttemptOutcome.CANCELLED);
	}

	@Test
	void nobodyWaitsForAConsumerBesideAFinishedAnswer() {
		this.scenario.endpoint("a").answers("one", "two", "three");
		this.scenario.endpoint("b");
		Scenario.Caller caller = this.scenario.streamWithDemand(2);
		this.scenario.advance(Duration.ofMinutes(2));
		assertThat(caller.error).isNotNull();
		assertThat(this.scenario.log).contains("a released");
	}

	@Test
	void aWatchedLoserIsToldToACallerWhoNeverHeardOfIt() {
		ScriptedEndpoint a = this.scenario.endpoint("a").hangs();
		a.probe = true;
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.streamWithDemand(1);
		this.scenario.advance(DELAY);
		caller.request(1);
		caller.cancel();
		assertThat(this.scenario.events).last()
			.isInstanceOfSatisfying(FailoverEvent.CallEnded.class,
					(ended) -> assertThat(ended.attempts()).isEqualTo(2));
		this.scenario.advance(Duration.ofMinutes(1));
		assertThat(attempts()).extracting(Attempt::outcome)
			.containsExactly(AttemptOutcome.CANCELLED, AttemptOutcome.OVERTAKEN);
	}

	@Test
	void aCallerWhoLeavesWhileTheBackupStartsIsToldOnce() {
		this.scenario.endpoint("a").hangs();
		ScriptedEndpoint b = this.scenario.endpoint("b");
		Scenario.Caller caller = this.scenario.stream();
		b.entering = caller::cancel;
		this.scenario.advance(DELAY);
		assertThat(this.scenario.log).contains("a released", "b released").doesNotContain("b called");
		assertThat(attempts()).extracting(Attempt::endpoint).containsExactly("a");
		assertThat(this.scenario.events).filteredOn(FailoverEvent.CallEnded.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((FailoverEvent.CallEnded) event).attempts()).isEqualTo(1));
	}

	private List<Attempt> attempts() {
		return this.scenario.events.stream()
			.filter(FailoverEvent.AttemptEnded.class::isInstance)
			.map((event) -> ((FailoverEvent.AttemptEnded) event).attempt())
			.toList();
	}

}
