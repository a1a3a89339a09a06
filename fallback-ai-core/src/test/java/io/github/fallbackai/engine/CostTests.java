// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.engine.resume.Continuation;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What attempts and calls cost. A token of a prompt costs 0.001, one of an answer 0.002;
 * the prompt is estimated as 5 tokens.
 */
class CostTests {

	private static final Price PRICE = Price.of("1000", "2000");

	/** 25 characters, about 5 tokens. */
	private static final String PIECE = "abcdefghijklmnopqrstuvwxy";

	private final Scenario scenario = new Scenario();

	private final ScriptedEndpoint first = this.scenario.endpoint("first", (endpoint) -> endpoint.price(PRICE));

	@Test
	void reportedTokensOfACompleteAnswerAreExact() {
		this.first.emits(ScriptedEndpoint.texts(PIECE).concatWith(ScriptedEndpoint.finish()).concatWith(usage(9, 3)));
		ChatResponse response = this.scenario.stream().result().response();
		assertThat(response.cost()).isEqualTo(cost("0.015", false));
		assertThat(response.attempts()).extracting(Attempt::cost).containsExactly(cost("0.015", false));
	}

	@Test
	void cachedTokensOfARecordedAnswerCostLess() {
		ResponseHead head = new ResponseHead(200, Map.of("Content-Type", "application/json"));
		List<EndpointEvent> recorded = new OpenAiDialect().decodeUnary(head,
				Fixtures.bytes("openai/answers/text.json"));
		Price price = PRICE.withCachedInput(new BigDecimal("100"));
		Scenario cached = new Scenario();
		cached.endpoint("cached", (endpoint) -> endpoint.price(price)).emits(Flux.fromIterable(recorded));
		assertThat(cached.ask().result().response().cost()).isEqualTo(cost("0.0224", false));
	}

	@Test
	void whatIsNotReportedIsEstimatedFromWhatWentAndCame() {
		this.first.emits(Flux
			.<EndpointEvent>just(new EndpointEvent.Reasoning(PIECE), new EndpointEvent.Text(PIECE),
					new EndpointEvent.ToolCallComplete(new ToolCall("1", "abcde", "{\"abc\":\"defghijklm\"}")))
			.concatWith(ScriptedEndpoint.finish(FinishReason.TOOL_CALLS)));
		assertThat(this.scenario.stream().result().response().cost()).isEqualTo(cost("0.035", true));
	}

	@Test
	void anAnswerThatBrokeOffIsEstimatedAlsoIfItsPromptWasReported() {
		this.first.emits(usage(100, 1).concatWith(ScriptedEndpoint.texts(PIECE))
			.concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		this.scenario.settings(CallSettings.builder().maxAttempts(1).build());
		assertThat(failed().attempts()).extracting(Attempt::cost).containsExactly(cost("0.11", true));
	}

	@ParameterizedTest
	@EnumSource(value = ReplaySafety.class, names = { "NOT_PROCESSED", "REFUSED" })
	void whatWasRefusedCostsNothing(ReplaySafety fate) {
		this.first.fails(Failure.of(FailureKind.RATE_LIMITED).replaySafety(fate));
		assertThat(failed().attempts()).extracting(Attempt::cost).containsExactly(Cost.NOTHING);
	}

	@Test
	void whatNeverLeftCostsNothing() {
		PricedRequest request = new PricedRequest(ChatRequest.of("hello"), TokenEstimator.ROUGH);
		Bill bill = new Bill(this.first.endpoint(), request, Continuation.none(request.request()), Reservation.NONE);
		assertThat(bill.cost(new Answer(), null)).isEqualTo(Cost.NOTHING);
		bill.sent();
		assertThat(bill.cost(new Answer(), null)).isEqualTo(cost("0.005", true));
	}

	@Test
	void whatMayHaveBeenProcessedCostsItsPrompt() {
		this.first.fails(FailureKind.TIMED_OUT);
		assertThat(failed().attempts()).extracting(Attempt::cost).containsExactly(cost("0.005", true));
	}

	@Test
	void aCancelledAttemptCostsWhatWasGeneratedUntilThen() {
		this.first.emits(ScriptedEndpoint.texts(PIECE).concatWith(Flux.never()));
		this.scenario.stream().cancel();
		assertThat(this.scenario.events).filteredOn(FailoverEvent.AttemptEnded.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((FailoverEvent.AttemptEnded) event).attempt().cost())
				.isEqualTo(cost("0.015", true)));
	}

	@Test
	void anOvertakenAttemptCostsItsPrompt() {
		Duration delay = Duration.ofSeconds(1);
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(delay, 1)).build());
		this.first.hangs();
		this.scenario.endpoint("second", (endpoint) -> endpoint.price(PRICE))
			.emits(ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish()).concatWith(usage(9, 1)));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(delay);
		ChatResponse response = caller.result().response();
		assertThat(response.attempts()).extracting(Attempt::cost)
			.containsExactly(cost("0.005", true), cost("0.011", false));
		assertThat(response.cost()).isEqualTo(cost("0.016", true));
	}

	@Test
	void aResumedAnswerCostsTheTextThatIsSentAgain() {
		this.first
			.emits(ScriptedEndpoint.texts(PIECE).concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		this.scenario.endpoint("second", (endpoint) -> endpoint.price(PRICE)).answers(PIECE.toUpperCase());
		ChatResponse response = this.scenario.stream().result().response();
		assertThat(response.attempts()).extracting(Attempt::cost)
			.containsExactly(cost("0.015", true), cost("0.02", true));
		assertThat(response.cost()).isEqualTo(cost("0.035", true));
	}

	@Test
	void withoutAPriceNothingIsKnown() {
		Scenario unpriced = new Scenario();
		unpriced.endpoint("unpriced")
			.emits(ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish()).concatWith(usage(9, 1)));
		ChatResponse response = unpriced.stream().result().response();
		assertThat(response.cost()).isNull();
		assertThat(response.attempts()).extracting(Attempt::cost).containsOnlyNulls();
	}

	@Test
	void theSumLeavesOutEndpointsWithoutAPrice() {
		this.first.fails(FailureKind.TIMED_OUT);
		this.scenario.endpoint("unpriced").answers("Hi");
		assertThat(this.scenario.stream().result().response().cost()).isEqualTo(cost("0.005", true));
	}

	@Test
	void anEstimatorThatThrowsLosesNoAnswer() {
		this.first.answers(PIECE);
		TokenEstimator broken = (request, endpoint) -> {
			throw new IllegalStateException("no tokens today");
		};
		CandidateChain chain = new CandidateChain("default", List.of(this.first.candidate()), CallSettings.DEFAULTS);
		FailoverEngine engine = new FailoverEngine(CandidateChains.of(chain), List.of(), this.scenario.time,
				Duration.ofMinutes(2), broken);
		Scenario.Caller caller = new Scenario.Caller(Long.MAX_VALUE);
		engine.call(ChatRequest.of("hello"), Delivery.EVENTS).subscribe(caller);
		assertThat(caller.result().response().cost()).isEqualTo(cost("0.015", true));
	}

	private AllEndpointsFailedException failed() {
		Throwable error = this.scenario.call(ChatRequest.of("hello"), Delivery.WHOLE).error;
		assertThat(error).isInstanceOf(AllEndpointsFailedException.class);
		return (AllEndpointsFailedException) error;
	}

	private static Flux<EndpointEvent> usage(long input, long output) {
		return Flux.just(new EndpointEvent.UsageReported(new Usage(input, output, null, null)));
	}

	private static Cost cost(String amount, boolean estimated) {
		return new Cost(new BigDecimal(amount), estimated);
	}

}
