// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RecoverySettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long attempts and calls may take, in virtual time.
 */
class LimitsTests {

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private final Scenario scenario = new Scenario()
		.settings(CallSettings.builder().recovery(RecoverySettings.DEFAULTS.withMode(StreamRecovery.FAIL)).build());

	@Test
	void movesOnWhenNoContentCame() {
		this.scenario.endpoint("a").hangs();
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(15).minus(MILLISECOND));
		assertThat(caller.completed).isFalse();
		this.scenario.advance(MILLISECOND);
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
		assertThat(this.scenario.log).containsSequence("a cancelled", "a failed TIMED_OUT, counts");
	}

	@Test
	void takesHeadersAndPingsForNoProgress() {
		Flux<EndpointEvent> pings = Flux.interval(Duration.ofSeconds(1), this.scenario.time)
			.map((tick) -> new EndpointEvent.Identified("id", "model"));
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>just(new EndpointEvent.Accepted(200, null)).concatWith(pings));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(15));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void waitsForAnAnswerInOnePieceAsLongAsTheCallCanAfford() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(Flux.<EndpointEvent>just(new EndpointEvent.InOnePiece())
			.concatWith(a.paced(Duration.ofSeconds(80), ScriptedEndpoint.texts("Hi")))
			.concatWith(ScriptedEndpoint.finish()));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(80));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
	}

	@Test
	void doesNotWaitForAnAnswerInOnePieceBeyondTheDeadline() {
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>just(new EndpointEvent.InOnePiece()).concatWith(Flux.never()));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofMinutes(2));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, neutral");
	}

	@Test
	void takesRedactedReasoningForProgress() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(a.paced(Duration.ofSeconds(14), Flux.concat(Flux.just(new EndpointEvent.Reasoning("")),
				ScriptedEndpoint.texts("Hi"), ScriptedEndpoint.finish())));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(42));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
	}

	@Test
	void endsASilentStreamAtTheIdleLimit() {
		limits("a", Duration.ofSeconds(15), Duration.ofSeconds(3), false)
			.emits(ScriptedEndpoint.texts("Hi").concatWith(Flux.never()));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(3).minus(MILLISECOND));
		assertThat(caller.error).isNull();
		this.scenario.advance(MILLISECOND);
		assertThat(caller.error).isInstanceOfSatisfying(StreamInterruptedException.class,
				(exception) -> assertThat(exception.kind()).isEqualTo(FailureKind.TIMED_OUT));
	}

	@Test
	void letsASlowButSteadyStreamRunBeyondDeadlineAndFirstContent() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		String[] words = IntStream.range(0, 100).mapToObj((word) -> "w" + word + ' ').toArray(String[]::new);
		a.emits(a.paced(Duration.ofSeconds(5), ScriptedEndpoint.texts(words).concatWith(ScriptedEndpoint.finish())));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(505));
		assertThat(caller.result().response().text()).isEqualTo(String.join("", words));
	}

	@Test
	void endsAnEndlessStreamAtTheTotalLimit() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(Flux.interval(Duration.ofSeconds(1), this.scenario.time).map((tick) -> new EndpointEvent.Text("x")));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofMinutes(10).plusSeconds(1));
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
		assertThat(caller.text()).hasSizeBetween(598, 600);
	}

	@Test
	void completesWhenTheServerKeepsTheConnectionAfterTheAnswer() {
		this.scenario.endpoint("a")
			.emits(Flux.concat(ScriptedEndpoint.texts("Hi"), ScriptedEndpoint.finish(), Flux.never()));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(caller.result().response().text()).isEqualTo("Hi");
		assertThat(this.scenario.log).contains("a cancelled", "a succeeded");
	}

	@Test
	void climbsTheLadderUnlessAnEndpointHasALimitOfItsOwn() {
		this.scenario.settings(
				CallSettings.builder().attemptTimeouts(List.of(Duration.ofSeconds(2), Duration.ofSeconds(5))).build());
		this.scenario.endpoint("a").hangs();
		limits("b", Duration.ofSeconds(1), Duration.ofSeconds(30), true).hangs();
		this.scenario.endpoint("c").hangs();
		this.scenario.endpoint("d").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(8));
		assertThat(caller.result().response().attempts()).extracting(Attempt::duration)
			.containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ZERO);
	}

	@Test
	void doesNotBlameTheEndpointForATighterLimitOfTheRequest() {
		this.scenario.endpoint("a").hangs();
		this.scenario.endpoint("b").answers("Hi");
		ChatRequest request = ChatRequest.builder()
			.user("hello")
			.options(ChatOptions.DEFAULTS.withFirstContent(Duration.ofSeconds(1)))
			.build();
		this.scenario.call(request, Delivery.EVENTS);
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, neutral", "b succeeded");
	}

	@Test
	void keepsTimeForTheNextTwoCandidates() {
		this.scenario.endpoint("a").hangs();
		this.scenario.endpoint("b").hangs();
		this.scenario.endpoint("c").answers("Hi");
		Scenario.Caller caller = this.scenario.call(withDeadline(Duration.ofSeconds(9)), Delivery.WHOLE);
		this.scenario.advance(Duration.ofSeconds(9));
		assertThat(caller.result().response().attempts()).extracting(Attempt::duration)
			.containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ZERO);
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, neutral", "b failed TIMED_OUT, neutral");
	}

	@Test
	void boundsAUnaryCallAsAWhole() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(Flux.interval(Duration.ofSeconds(1), this.scenario.time).map((tick) -> new EndpointEvent.Text("x")));
		Scenario.Caller caller = this.scenario.call(withDeadline(Duration.ofSeconds(5)), Delivery.WHOLE);
		this.scenario.advance(Duration.ofSeconds(5));
		assertThat(caller.error).isInstanceOfSatisfying(DeadlineExceededException.class,
				(exception) -> assertThat(exception.attempts()).hasSize(1));
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, neutral");
	}

	@Test
	void countsOnlyTheTimeWithoutProgressAgainstAStreamsDeadline() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(Flux.concat(a.paced(Duration.ofSeconds(2), ScriptedEndpoint.texts("1", "2", "3", "4", "5", "6")),
				Flux.never()));
		Scenario.Caller caller = this.scenario.call(withDeadline(Duration.ofSeconds(5)), Delivery.EVENTS);
		this.scenario.advance(Duration.ofSeconds(12));
		assertThat(caller.text()).isEqualTo("123456");
		this.scenario.advance(Duration.ofSeconds(3).minus(MILLISECOND));
		assertThat(caller.error).isNull();
		this.scenario.advance(MILLISECOND);
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, neutral");
	}

	@Test
	void movesNoBreakerWithATinyDeadline() {
		this.scenario.endpoint("a").hangs();
		Scenario.Caller caller = this.scenario.call(withDeadline(Duration.ofMillis(50)), Delivery.WHOLE);
		this.scenario.advance(Duration.ofMillis(50));
		assertThat(caller.error).isInstanceOf(DeadlineExceededException.class);
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, neutral");
	}

	@Test
	void boundsAPlainUnaryRequestByTotalOnly() {
		ScriptedEndpoint a = this.scenario.endpoint("a", (EndpointBuilder builder) -> builder.unaryAsStream(false));
		a.emits(a.paced(Duration.ofSeconds(100), ScriptedEndpoint.texts("Hi")).concatWith(ScriptedEndpoint.finish()));
		Scenario.Caller caller = this.scenario.ask();
		this.scenario.advance(Duration.ofSeconds(100));
		assertThat(caller.result().response().text()).isEqualTo("Hi");
	}

	@Test
	void doesNotHoldASlowConsumerAgainstTheEndpoint() {
		this.scenario.endpoint("a").answers("one", "two");
		Scenario.Caller caller = this.scenario.streamWithDemand(2);
		this.scenario.advance(Duration.ofSeconds(100));
		assertThat(caller.error).isNull();
		caller.requestUnbounded();
		assertThat(caller.result().response().text()).isEqualTo("onetwo");
	}

	@Test
	void keepsTheClockRunningOnceTheConsumerIsBack() {
		limits("a", Duration.ofSeconds(15), Duration.ofSeconds(3), false)
			.emits(ScriptedEndpoint.texts("Hi").concatWith(Flux.never()));
		Scenario.Caller caller = this.scenario.streamWithDemand(2);
		this.scenario.advance(Duration.ofSeconds(100));
		assertThat(caller.error).isNull();
		caller.requestUnbounded();
		this.scenario.advance(Duration.ofSeconds(3).minus(MILLISECOND));
		assertThat(caller.error).isNull();
		this.scenario.advance(MILLISECOND);
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
	}

	@Test
	void givesUpAConsumerThatTakesNothingForTooLong() {
		this.scenario.endpoint("a").answers("one", "two");
		Scenario.Caller caller = this.scenario.streamWithDemand(2);
		this.scenario.advance(Duration.ofSeconds(119));
		assertThat(caller.error).isNull();
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
		assertThat(this.scenario.log).contains("a cancelled", "a released");
	}

	@Test
	void asksNobodyElseForAConsumerThatTakesNothing() {
		this.scenario.settings(CallSettings.builder().deadline(Duration.ofMinutes(10)).build());
		this.scenario.endpoint("a").answers("one", "two");
		this.scenario.endpoint("b").answers("three");
		Scenario.Caller caller = this.scenario.streamWithDemand(2);
		this.scenario.advance(Duration.ofMinutes(2));
		assertThat(caller.error).isInstanceOfSatisfying(StreamInterruptedException.class, (exception) -> {
			assertThat(exception.partialText()).isEqualTo("one");
			assertThat(exception.attempts()).hasSize(1);
		});
		assertThat(this.scenario.events).last().isInstanceOfSatisfying(FailoverEvent.CallEnded.class, (ended) -> {
			assertThat(ended.outcome()).isEqualTo(AttemptOutcome.FAILED);
			assertThat(ended.attempts()).isEqualTo(1);
		});
		assertThat(this.scenario.log).contains("a released").doesNotContain("b called", "b released");
	}

	@Test
	void holdsNoPlaceForAConsumerThatNeverTakesAnything() {
		this.scenario.endpoint("a");
		Scenario.Caller caller = this.scenario.streamWithDemand(0);
		this.scenario.advance(Duration.ofMinutes(2));
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
		assertThat(this.scenario.log).containsExactly("a released");
	}

	@Test
	void leavesThePlaceOfTheNextEndpointWhenTheConsumerDoesNotComeBack() {
		this.scenario.settings(CallSettings.DEFAULTS);
		this.scenario.endpoint("a")
			.emits(ScriptedEndpoint.texts("one ")
				.concatWith(Flux.<EndpointEvent>never()
					.takeUntilOther(Mono.delay(Duration.ofSeconds(30), this.scenario.time)))
				.concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		this.scenario.endpoint("b");
		this.scenario.streamWithDemand(2);
		this.scenario.advance(Duration.ofMinutes(3));
		assertThat(this.scenario.log).contains("a failed CONNECTION_LOST, counts", "b released");
	}

	@Test
	void aConsumerThatTakesOneByOneIsWatchedWithOneTimer() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(Flux.range(0, 1000)
			.<EndpointEvent>map((number) -> new EndpointEvent.Text("x"))
			.concatWith(Flux.never()));
		Scenario.Caller caller = this.scenario.streamWithDemand(1);
		for (int i = 0; i < 500; i++) {
			caller.request(1);
		}
		assertThat(this.scenario.time.getScheduledTaskCount()).isLessThan(4);
		this.scenario.advance(Duration.ofSeconds(100));
		caller.request(1);
		this.scenario.advance(Duration.ofSeconds(100));
		assertThat(caller.error).isNull();
		this.scenario.advance(Duration.ofSeconds(20));
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
	}

	@Test
	void setsNoTimerPerEvent() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		Flux<EndpointEvent> flood = Flux.range(0, 1000).map((number) -> new EndpointEvent.Text("x"));
		a.emits(flood.concatWith(Flux.never()));
		this.scenario.stream();
		assertThat(this.scenario.time.getScheduledTaskCount()).isLessThan(3);
	}

	private ScriptedEndpoint limits(String name, Duration firstContent, Duration idle, boolean explicit) {
		AttemptLimits limits = new AttemptLimits(Duration.ofSeconds(3), firstContent, idle, Duration.ofMinutes(10),
				explicit);
		return this.scenario.endpoint(name, (builder) -> builder.limits(limits));
	}

	private static ChatRequest withDeadline(Duration deadline) {
		return ChatRequest.builder().user("hello").deadline(deadline).build();
	}

}
