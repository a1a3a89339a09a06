// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.relay.RelayedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A second endpoint that joins when the first is slow.
 */
class HedgingTests {

	private static final Duration DELAY = Duration.ofSeconds(1);

	private final Scenario scenario = new Scenario();

	@BeforeEach
	void hedgeEveryCall() {
		hedge(DELAY, 1);
	}

	@ParameterizedTest
	@EnumSource(Delivery.class)
	void letsTheSecondAnswerWhenTheFirstIsSilent(Delivery delivery) {
		this.scenario.endpoint("a").hangs();
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.call(ChatRequest.of("hello"), delivery);
		this.scenario.advance(DELAY);
		ChatResponse response = caller.result().response();
		assertThat(response.text()).isEqualTo("Hi");
		assertThat(response.endpoint()).isEqualTo("b");
		assertThat(response.attempts()).extracting(Attempt::outcome)
			.containsExactly(AttemptOutcome.OVERTAKEN, AttemptOutcome.SUCCEEDED);
		assertThat(this.scenario.log).contains("a cancelled", "a released", "b succeeded");
	}

	/** Wherever events wait until the caller wants them. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellsWherePartsEndAndARefusalBeginsToACallerThatReadsSlowly(boolean hedged) {
		if (!hedged) {
			this.scenario.settings(CallSettings.DEFAULTS);
		}
		TextPart end = new TextPart("").withState(new ProviderState(null, "x", "{}"));
		this.scenario.endpoint("a")
			.emits(Flux.concat(ScriptedEndpoint.texts("One."), Flux.just(new EndpointEvent.PartEnded(end)),
					ScriptedEndpoint.texts("Two."), Flux.just(new EndpointEvent.RefusalBegan()),
					ScriptedEndpoint.texts("No."), ScriptedEndpoint.finish()));
		this.scenario.endpoint("b").hangs();
		List<RelayedEvent> events = new ArrayList<>();
		BaseSubscriber<RelayedEvent> caller = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(1);
			}

			@Override
			protected void hookOnNext(RelayedEvent event) {
				events.add(event);
			}

		};
		this.scenario.engine().relay(ChatRequest.of("hello")).subscribe(caller);
		for (int event = 0; event < 9; event++) {
			this.scenario.advance(Duration.ofMillis(10));
			caller.request(1);
		}
		assertThat(events).filteredOn((relayed) -> !relayed.ended().isEmpty())
			.singleElement()
			.satisfies((relayed) -> assertThat(relayed.event()).isEqualTo(new ChatEvent.ContentDelta("Two.")));
		assertThat(events).filteredOn(RelayedEvent::refusal)
			.extracting(RelayedEvent::event)
			.hasSize(2)
			.startsWith(new ChatEvent.ContentDelta("No."));
		assertThat(events.get(events.size() - 1).event()).isInstanceOf(ChatEvent.Completed.class);
	}

	/** The texts of a refusal are no progress if the call goes on after refusals. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellsThatAnAnswerIsARefusalAlthoughNothingElseCameOfIt(boolean hedged) {
		CallSettings.Builder settings = CallSettings.builder().fallbackOn(Set.of(FailureKind.REFUSED));
		this.scenario.settings((hedged ? settings.hedge(new HedgeSettings(DELAY, 1)) : settings).build());
		this.scenario.endpoint("a")
			.emits(Flux.concat(Flux.just(new EndpointEvent.RefusalBegan()), ScriptedEndpoint.texts("No."),
					ScriptedEndpoint.finish(FinishReason.REFUSAL)));
		this.scenario.endpoint("b").fails(FailureKind.SERVER_ERROR);
		List<RelayedEvent> events = this.scenario.engine()
			.relay(ChatRequest.of("hello"))
			.collectList()
			.block(Duration.ofSeconds(10));
		assertThat(events).filteredOn((relayed) -> relayed.event() instanceof ChatEvent.ContentDelta)
			.isNotEmpty()
			.allMatch(RelayedEvent::refusal);
	}

	@Test
	void announcesTheSecondAttempt() {
		this.scenario.endpoint("a").hangs();
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DELAY);
		assertThat(caller.received).contains(new ChatEvent.AttemptStarted(1, "a", "model-a"),
				new ChatEvent.AttemptStarted(2, "b", "model-b"));
	}

	@Test
	void asksNobodyElseWhenTheFirstIsQuick() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(a.paced(Duration.ofMillis(900),
				ScriptedEndpoint.texts("Hi", "!").concatWith(ScriptedEndpoint.finish())));
		this.scenario.endpoint("b");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(3));
		assertThat(caller.result().response().text()).isEqualTo("Hi!");
		assertThat(this.scenario.log).doesNotContain("b called");
	}

	@Test
	void keepsTheFirstWhenItsContentComesFirst() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(a.paced(Duration.ofMillis(1500), ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish())));
		this.scenario.endpoint("b").hangs();
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(3));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
		assertThat(this.scenario.log).contains("b called", "b cancelled", "b released");
	}

	/** Which stands before the content that decides the race. */
	@Test
	void tellsWhatTheFirstOfTheContentIsAnnouncedWith() {
		ProviderState notice = new ProviderState("group", "anthropic", "{\"begins\":{}}");
		this.scenario.endpoint("a")
			.emits(Flux
				.<EndpointEvent>just(new EndpointEvent.Noticed(new ProviderState("group", "anthropic", "{}"), false))
				.concatWith(Flux.never()));
		this.scenario.endpoint("b")
			.emits(Flux.concat(Flux.just(new EndpointEvent.Noticed(notice, false)), ScriptedEndpoint.texts("Hi"),
					ScriptedEndpoint.finish()));
		Scenario.Caller caller = this.scenario.call(ChatRequest.of("hello"), Delivery.RELAY);
		this.scenario.advance(DELAY);
		caller.result();
		assertThat(caller.received.stream().filter((event) -> !(event instanceof ChatEvent.AttemptStarted)))
			.startsWith(new ChatEvent.ProviderNotice(notice), new ChatEvent.ContentDelta("Hi"))
			.hasSize(3);
	}

	@Test
	void doesNotWaitForTheDelayWhenTheFirstFails() {
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b").answers("Hi");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void goesOnWithTheSecondWhenTheFirstFailsMeanwhile() {
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>never()
				.takeUntilOther(Mono.delay(Duration.ofSeconds(2), this.scenario.time))
				.concatWith(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)));
		ScriptedEndpoint b = this.scenario.endpoint("b");
		b.emits(b.paced(Duration.ofSeconds(3), ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish())));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(8));
		ChatResponse response = caller.result().response();
		assertThat(response.attempts()).extracting(Attempt::failure).containsExactly(FailureKind.SERVER_ERROR, null);
		assertThat(this.scenario.log).contains("a failed SERVER_ERROR, counts");
		assertThat(caller.received)
			.contains(new ChatEvent.EndpointSwitched("a", "b", "model-b", FailureKind.SERVER_ERROR, false));
		assertThat(this.scenario.events).filteredOn(FailoverEvent.Switched.class::isInstance).hasSize(1);
	}

	@Test
	void movesOnWhenBothFail() {
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>never()
				.takeUntilOther(Mono.delay(Duration.ofSeconds(2), this.scenario.time))
				.concatWith(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)));
		this.scenario.endpoint("b").fails(FailureKind.OVERLOADED);
		this.scenario.endpoint("c").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(3));
		assertThat(caller.result().response().attempts()).extracting(Attempt::endpoint).containsExactly("b", "a", "c");
	}

	@Test
	void asksNobodyElseAfterAFatalFailure() {
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>never()
				.takeUntilOther(Mono.delay(Duration.ofSeconds(2), this.scenario.time))
				.concatWith(ScriptedEndpoint.failure(FailureKind.CONTENT_FILTERED)));
		this.scenario.endpoint("b").hangs();
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(caller.error).isInstanceOf(RequestRefusedException.class);
		assertThat(this.scenario.log).contains("b cancelled", "b released");
	}

	@Test
	void bothCorrectTheRequestFromOneBudget() {
		ScriptedEndpoint a = this.scenario.endpoint("a").hangs();
		ScriptedEndpoint b = this.scenario.endpoint("b").hangs();
		this.scenario.stream();
		this.scenario.advance(DELAY);
		assertThat(a.requests.get(0).corrections().tryTake()).isTrue();
		assertThat(b.requests.get(0).corrections().tryTake()).isTrue();
		assertThat(a.requests.get(0).corrections().tryTake()).isFalse();
		assertThat(b.requests.get(0).corrections().tryTake()).isFalse();
	}

	@Test
	void asksNobodyElseBeyondTheMostAttempts() {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(DELAY, 1)).maxAttempts(2).build());
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b").hangs();
		this.scenario.endpoint("c");
		this.scenario.stream();
		this.scenario.advance(DELAY);
		assertThat(this.scenario.log).contains("b called").doesNotContain("c called");
	}

	@Test
	void neverHedgesOntoARecoveringEndpoint() {
		this.scenario.endpoint("a").hangs();
		this.scenario.endpoint("b").probe = true;
		this.scenario.endpoint("c").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DELAY);
		assertThat(caller.result().response().endpoint()).isEqualTo("c");
	}

	@Test
	void watchesAProbeThatWasOvertakenUntilItsVerdict() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.probe = true;
		a.emits(a.paced(Duration.ofSeconds(5), ScriptedEndpoint.texts("late").concatWith(Flux.never())));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DELAY);
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
		assertThat(this.scenario.log).doesNotContain("a released", "a cancelled");
		this.scenario.advance(Duration.ofSeconds(4));
		assertThat(this.scenario.log).contains("a first content after 5000", "a succeeded", "a cancelled");
	}

	@Test
	void watchesAnEndpointThatLostManyRacesUntilItsLimit() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		ScriptedEndpoint b = this.scenario.endpoint("b");
		for (int race = 0; race < 4; race++) {
			a.hangs();
			b.answers("Hi");
			this.scenario.stream();
			this.scenario.advance(DELAY);
		}
		assertThat(this.scenario.log).filteredOn("a released"::equals).hasSize(3);
		this.scenario.advance(Duration.ofSeconds(15));
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, counts");
	}

	@Test
	void spendsNoMoreExtraRequestsThanItsShare() {
		hedge(DELAY, 0.1);
		ScriptedEndpoint a = this.scenario.endpoint("a");
		ScriptedEndpoint b = this.scenario.endpoint("b");
		for (int call = 0; call < 100; call++) {
			a.emits(a.paced(Duration.ofSeconds(2), ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish())));
			b.hangs();
			this.scenario.stream();
			this.scenario.advance(Duration.ofSeconds(4));
		}
		assertThat(this.scenario.log).filteredOn("b called"::equals).hasSizeBetween(10, 11);
	}

	@Test
	void usesTheNinetyFifthPercentileOnceItIsKnown() {
		hedge(null, 1);
		ScriptedEndpoint a = this.scenario.endpoint("a");
		ScriptedEndpoint b = this.scenario.endpoint("b");
		for (int call = 0; call < 20; call++) {
			a.emits(a.paced(Duration.ofMillis(700),
					ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish())));
			this.scenario.stream();
			this.scenario.advance(Duration.ofSeconds(2));
		}
		assertThat(b.requests).isEmpty();
		a.hangs();
		b.answers("Hedged");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofMillis(700));
		assertThat(caller.text()).isEqualTo("Hedged");
	}

	@Test
	void listsTheTokensOfTheLoser() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(Flux.<EndpointEvent>just(new EndpointEvent.UsageReported(new Usage(7, 0, null, null)))
			.concatWith(Flux.never()));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DELAY);
		assertThat(caller.result().response().attempts().get(0).usage()).isEqualTo(new Usage(7, 0, null, null));
	}

	@Test
	void mayAskAnOvertakenEndpointAgain() {
		this.scenario.endpoint("a").hangs().answers("one two");
		this.scenario.endpoint("b")
			.emits(ScriptedEndpoint.texts("one ").concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DELAY);
		this.scenario.advance(DELAY);
		assertThat(caller.text()).isEqualTo("one two");
	}

	@Test
	void closesBothWhenTheCallerLeavesDuringTheRace() {
		this.scenario.endpoint("a").hangs();
		this.scenario.endpoint("b").hangs();
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DELAY);
		caller.cancel();
		assertThat(this.scenario.log).contains("a cancelled", "a released", "b cancelled", "b released");
	}

	@Test
	void closesAWatchedProbeToWhenTheCallerLeavesDuringTheRace() {
		ScriptedEndpoint a = this.scenario.endpoint("a").hangs();
		a.probe = true;
		this.scenario.endpoint("b").hangs();
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(DELAY);
		caller.cancel();
		assertThat(this.scenario.log).contains("a cancelled", "a released", "b cancelled", "b released");
	}

	private void hedge(Duration delay, double ratio) {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(delay, ratio)).build());
	}

}
