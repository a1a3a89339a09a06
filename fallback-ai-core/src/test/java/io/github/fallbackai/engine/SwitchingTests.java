// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.client.CorrectionBudget;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RecoverySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a call moves on to the next endpoint, and what its caller sees of that.
 */
class SwitchingTests {

	private final Scenario scenario = new Scenario();

	@Test
	void tellsAnnotationsOfTheAnswerAtItsEnd() {
		Annotation lost = new Annotation("url_citation", null, null, "{}");
		Annotation kept = new Annotation("url_citation", "https://example.org", "A page", "{}");
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>just(new EndpointEvent.Annotated(lost))
				.concatWith(ScriptedEndpoint.failure(FailureKind.OVERLOADED)));
		this.scenario.endpoint("b")
			.emits(Flux.concat(Flux.just(new EndpointEvent.Annotated(kept)), ScriptedEndpoint.texts("Hi"),
					ScriptedEndpoint.finish()));
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.result().response().annotations()).containsExactly(kept);
		assertThat(caller.received).endsWith(new ChatEvent.AnnotationReady(kept), caller.result());
		assertThat(caller.received).doesNotContain(new ChatEvent.AnnotationReady(lost));
	}

	@Test
	void correctsARequestFromOneBudgetInACall() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(Flux.<EndpointEvent>just(new EndpointEvent.Corrected("without seed"))
			.concatWith(ScriptedEndpoint.failure(FailureKind.OVERLOADED)));
		ScriptedEndpoint b = this.scenario.endpoint("b");
		b.emits(Flux.<EndpointEvent>just(new EndpointEvent.Corrected("in one piece"))
			.concatWith(ScriptedEndpoint.failure(FailureKind.OVERLOADED)));
		ScriptedEndpoint c = this.scenario.endpoint("c").answers("Hi");
		assertThat(this.scenario.stream().result().response().attempts()).extracting(Attempt::corrections)
			.containsExactly(List.of("without seed"), List.of("in one piece"), List.of());
		CorrectionBudget budget = a.requests.get(0).corrections();
		assertThat(List.of(b, c)).allSatisfy((endpoint) -> assertThat(endpoint.requests).singleElement()
			.extracting(EndpointRequest::corrections)
			.isSameAs(budget));
	}

	@Test
	void answersFromTheFirstEndpoint() {
		this.scenario.endpoint("a").answers("Hel", "lo");
		this.scenario.endpoint("b");
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.received).hasSize(4);
		assertThat(caller.received.get(0)).isEqualTo(new ChatEvent.AttemptStarted(1, "a", "model-a"));
		ChatResponse response = caller.result().response();
		assertThat(response.text()).isEqualTo("Hello").isEqualTo(caller.text());
		assertThat(response.endpoint()).isEqualTo("a");
		assertThat(response.degraded()).isFalse();
		assertThat(response.attempts()).extracting(Attempt::outcome).containsExactly(AttemptOutcome.SUCCEEDED);
		assertThat(this.scenario.log).containsExactly("a called", "a first content after 0", "a succeeded");
	}

	@Test
	void switchesBeforeTheFirstContentWithoutLosingText() {
		this.scenario.endpoint("a").fails(Failure.of(FailureKind.SERVER_ERROR).httpStatus(500));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.received).contains(
				new ChatEvent.EndpointSwitched("a", "b", "model-b", FailureKind.SERVER_ERROR, false),
				new ChatEvent.AttemptStarted(2, "b", "model-b"));
		ChatResponse response = caller.result().response();
		assertThat(response.text()).isEqualTo("Hi");
		assertThat(response.degraded()).isTrue();
		assertThat(response.attempts()).extracting(Attempt::failure).containsExactly(FailureKind.SERVER_ERROR, null);
		assertThat(response.attempts().get(0).httpStatus()).isEqualTo(500);
	}

	@Test
	void skipsAnUnavailableEndpointWithoutCallingIt() {
		this.scenario.endpoint("a").open(Duration.ofSeconds(3));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.result().response().degraded()).isTrue();
		assertThat(this.scenario.log).doesNotContain("a called");
		assertThat(caller.received).noneMatch(ChatEvent.EndpointSwitched.class::isInstance);
	}

	@Test
	void goesOnWhenSomeoneElseTookThePermit() {
		this.scenario.endpoint("a").raceLost = true;
		this.scenario.endpoint("b").answers("Hi");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void endsWhenSomeoneElseTookTheOnlyPermit() {
		this.scenario.endpoint("a").raceLost = true;
		assertThat(this.scenario.stream().error).isInstanceOfSatisfying(NoEndpointAvailableException.class,
				(exception) -> assertThat(exception.skips()).extracting(Skip::reason)
					.containsExactly(SkipReason.PROBE_IN_PROGRESS));
	}

	@ParameterizedTest
	@EnumSource(Delivery.class)
	void listsEveryAttemptWhenAllFail(Delivery delivery) {
		this.scenario.endpoint("a").fails(Failure.of(FailureKind.RATE_LIMITED).httpStatus(429));
		this.scenario.endpoint("b").open(Duration.ofSeconds(7));
		this.scenario.endpoint("c").fails(FailureKind.CONNECT_FAILED);
		Scenario.Caller caller = this.scenario.call(ChatRequest.of("my secret"), delivery);
		assertThat(caller.error).isInstanceOfSatisfying(AllEndpointsFailedException.class, (exception) -> {
			assertThat(exception.attempts()).extracting(Attempt::endpoint).containsExactly("a", "c");
			assertThat(exception.skips()).extracting(Skip::endpoint).containsExactly("b");
			assertThat(exception).hasMessageContaining("a: RATE_LIMITED HTTP 429")
				.hasMessageContaining("b: BREAKER_OPEN for 7000 ms")
				.hasMessageContaining("c: CONNECT_FAILED");
			assertThat(exception.getMessage()).doesNotContain("my secret");
		});
	}

	@Test
	void saysWhyNothingMayBeTriedAndWhenItMay() {
		this.scenario.endpoint("a").open(Duration.ofSeconds(9));
		this.scenario.endpoint("b").open(Duration.ofSeconds(4));
		assertThat(this.scenario.ask().error).isInstanceOfSatisfying(NoEndpointAvailableException.class,
				(exception) -> {
					assertThat(exception.retryAfter()).contains(Duration.ofSeconds(4));
					assertThat(exception.skips()).extracting(Skip::reason)
						.containsExactly(SkipReason.BREAKER_OPEN, SkipReason.BREAKER_OPEN);
				});
		assertThat(this.scenario.log).isEmpty();
	}

	@Test
	void doesNotPassAnInvalidRequestOn() {
		this.scenario.endpoint("a")
			.fails(Failure.of(FailureKind.INVALID_REQUEST).httpStatus(400).providerCode("bad_thing"));
		this.scenario.endpoint("b");
		assertThat(this.scenario.stream().error).isInstanceOfSatisfying(RequestRefusedException.class, (exception) -> {
			assertThat(exception.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
			assertThat(exception.httpStatus()).isEqualTo(400);
			assertThat(exception.providerCode()).isEqualTo("bad_thing");
		});
		assertThat(this.scenario.log).doesNotContain("b called");
	}

	@Test
	void movesOnFromAnInvalidRequestAtALaterEndpoint() {
		this.scenario.endpoint("a").fails(FailureKind.OVERLOADED);
		this.scenario.endpoint("b").fails(FailureKind.INVALID_REQUEST);
		this.scenario.endpoint("c").answers("Hi");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("c");
	}

	@Test
	void asksOnlyLargerWindowsAfterALengthFailure() {
		this.scenario.endpoint("a", (builder) -> builder.contextWindow(8000))
			.fails(FailureKind.CONTEXT_LENGTH_EXCEEDED);
		this.scenario.endpoint("b", (builder) -> builder.contextWindow(8000));
		this.scenario.endpoint("c", (builder) -> builder.contextWindow(128_000)).answers("Hi");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("c");
		assertThat(this.scenario.log).doesNotContain("b called");
	}

	@Test
	void refusesWhenNoWindowIsLarger() {
		this.scenario.endpoint("a", (builder) -> builder.contextWindow(8000))
			.fails(FailureKind.CONTEXT_LENGTH_EXCEEDED);
		this.scenario.endpoint("b", (builder) -> builder.contextWindow(4000));
		assertThat(this.scenario.stream().error).isInstanceOfSatisfying(RequestRefusedException.class,
				(exception) -> assertThat(exception.kind()).isEqualTo(FailureKind.CONTEXT_LENGTH_EXCEEDED));
	}

	@Test
	void stopsAtTheMaximumOfAttempts() {
		this.scenario.settings(CallSettings.builder().maxAttempts(2).build());
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("c");
		assertThat(this.scenario.stream().error).isInstanceOfSatisfying(AllEndpointsFailedException.class,
				(exception) -> assertThat(exception.attempts()).hasSize(2));
		assertThat(this.scenario.log).doesNotContain("c called");
	}

	@Test
	void interruptsAStreamThatBreaksAfterContent() {
		this.scenario.endpoint("a")
			.emits(ScriptedEndpoint.texts("Half of ")
				.concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		Scenario.Caller caller = this.scenario
			.settings(CallSettings.builder().recovery(RecoverySettings.DEFAULTS.withMode(StreamRecovery.FAIL)).build())
			.stream();
		assertThat(caller.text()).isEqualTo("Half of ");
		assertThat(caller.error).isInstanceOfSatisfying(StreamInterruptedException.class, (exception) -> {
			assertThat(exception.partialText()).isEqualTo("Half of ");
			assertThat(exception.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
			assertThat(exception.getMessage()).doesNotContain("Half of");
		});
	}

	@Test
	void beginsAgainForACallerWhoWaitsForTheWholeAnswer() {
		this.scenario.endpoint("a")
			.emits(ScriptedEndpoint.texts("Half of ")
				.concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		this.scenario.endpoint("b").answers("All of it");
		assertThat(this.scenario.ask().result().response().text()).isEqualTo("All of it");
	}

	@Test
	void treatsReasoningThatNobodySawAsNotDelivered() {
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>just(new EndpointEvent.Reasoning("hmm"))
				.concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.call(ChatRequest.of("hello"), Delivery.TEXT);
		assertThat(caller.text()).isEqualTo("Hi");
	}

	@Test
	void takesAStreamWithoutFinishReasonForTruncated() {
		this.scenario.endpoint("a").emits(Flux.just(new EndpointEvent.Accepted(200, "req-1")));
		this.scenario.endpoint("b").answers("Hi");
		ChatResponse response = this.scenario.stream().result().response();
		assertThat(response.attempts().get(0).failure()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(response.attempts().get(0).providerRequestId()).isEqualTo("req-1");
	}

	@Test
	void takesAnEmptyAnswerForAFailure() {
		this.scenario.endpoint("a").emits(ScriptedEndpoint.finish());
		this.scenario.endpoint("b").answers("Hi");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("b");
		assertThat(this.scenario.log).contains("a failed EMPTY_RESPONSE, counts");
	}

	@Test
	void doesNotBlameTheEndpointForATokenLimitBeforeAnyText() {
		this.scenario.endpoint("a").emits(ScriptedEndpoint.finish(FinishReason.LENGTH));
		this.scenario.endpoint("b").answers("Hi");
		this.scenario.stream();
		assertThat(this.scenario.log).contains("a failed EMPTY_RESPONSE, neutral");
	}

	@Test
	void keepsAFilteredAnswerFromOtherEndpoints() {
		this.scenario.endpoint("a").emits(ScriptedEndpoint.finish(FinishReason.CONTENT_FILTER));
		this.scenario.endpoint("b");
		assertThat(this.scenario.stream().error).isInstanceOfSatisfying(RequestRefusedException.class,
				(exception) -> assertThat(exception.kind()).isEqualTo(FailureKind.CONTENT_FILTERED));
	}

	@Test
	void countsAnErrorAfterTheFinishReasonAsComplete() {
		this.scenario.endpoint("a")
			.emits(Flux.concat(ScriptedEndpoint.texts("Hi"), ScriptedEndpoint.finish(),
					ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		assertThat(this.scenario.stream().result().response().text()).isEqualTo("Hi");
		assertThat(this.scenario.log).contains("a succeeded");
	}

	@Test
	void treatsABugInAClientAsLocal() {
		this.scenario.endpoint("a");
		this.scenario.endpoint("b").answers("Hi");
		assertThat(this.scenario.stream().result().response().attempts().get(0).failure()).isEqualTo(FailureKind.LOCAL);
		assertThat(this.scenario.log).contains("a failed LOCAL, neutral");
	}

	@Test
	void streamsInsideForAUnaryCallUnlessToldOtherwise() {
		ScriptedEndpoint a = this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		ScriptedEndpoint b = this.scenario.endpoint("b", (EndpointBuilder builder) -> builder.unaryAsStream(false))
			.answers("Hi");
		this.scenario.ask();
		assertThat(a.requests.get(0).streaming()).isTrue();
		assertThat(b.requests.get(0).streaming()).isFalse();
	}

}
