// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.Segment;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.ModelScope;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RecoverySettings;
import io.github.fallbackai.relay.RelayedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What a caller reads when a stream breaks off and another endpoint goes on.
 */
class RecoveryTests {

	private static final Set<Capability> PREFILL = EnumSet.allOf(Capability.class);

	private final Scenario scenario = new Scenario();

	@Test
	void goesOnWithPrefill() {
		this.scenario.endpoint("a").emits(cutAfter("The sky is "));
		ScriptedEndpoint b = this.scenario.endpoint("b", (builder) -> builder.capabilities(PREFILL))
			.answers(" blue", ".");
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.text()).isEqualTo("The sky is blue.");
		List<ChatMessage> messages = b.requests.get(0).chat().messages();
		assertThat(messages.get(messages.size() - 1)).isEqualTo(ChatMessage.assistant("The sky is"));
		ChatResponse response = caller.result().response();
		assertThat(response.text()).isEqualTo("The sky is blue.");
		assertThat(response.segments()).containsExactly(new Segment("a", "model-a", 11),
				new Segment("b", "model-b", 5));
		assertThat(response.degraded()).isTrue();
		assertThat(caller.received)
			.contains(new ChatEvent.EndpointSwitched("a", "b", "model-b", FailureKind.CONNECTION_LOST, false));
	}

	@Test
	void instructsAModelThatCannotBePrefilledAndKeepsSystemPromptAndParameters() {
		this.scenario.endpoint("a").emits(cutAfter("The sky is "));
		ScriptedEndpoint b = this.scenario.endpoint("b").answers("blue.");
		ChatRequest request = ChatRequest.builder()
			.system("Be brief")
			.user("Why?")
			.temperature(0.3)
			.maxTokens(50)
			.build();
		Scenario.Caller caller = this.scenario.call(request, Delivery.EVENTS);
		assertThat(caller.text()).isEqualTo("The sky is blue.");
		ChatRequest continued = b.requests.get(0).chat();
		assertThat(continued.messages()).hasExactlyElementsOfTypes(SystemMessage.class, UserMessage.class,
				AssistantMessage.class, UserMessage.class);
		assertThat(continued.temperature()).isEqualTo(0.3);
		assertThat(continued.maxTokens()).isEqualTo(48);
	}

	@Test
	void removesAnEchoOfTheDeliveredText() {
		this.scenario.endpoint("a").emits(cutAfter("The sky is blue because", " of "));
		this.scenario.endpoint("b").answers("The sky is ", "blue because of ", "scattering.");
		assertThat(this.scenario.stream().text()).isEqualTo("The sky is blue because of scattering.");
	}

	@Test
	void releasesHeldTextAfterAWhile() {
		this.scenario.endpoint("a").emits(cutAfter("The sky is blue because of scattering"));
		this.scenario.endpoint("b").emits(ScriptedEndpoint.texts("The ").concatWith(Flux.never()));
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.text()).isEqualTo("The sky is blue because of scattering");
		this.scenario.advance(Duration.ofMillis(300));
		assertThat(caller.text()).isEqualTo("The sky is blue because of scatteringThe ");
	}

	@Test
	void asksTheOtherWayWhenPrefillIsRefusedAndRemembersIt() {
		this.scenario.endpoint("a").emits(cutAfter("The sky ")).emits(cutAfter("The sky "));
		ScriptedEndpoint b = this.scenario.endpoint("b", (builder) -> builder.capabilities(PREFILL))
			.fails(FailureKind.INVALID_REQUEST)
			.answers("is blue.")
			.answers("is blue.");
		assertThat(this.scenario.stream().text()).isEqualTo("The sky is blue.");
		assertThat(this.scenario.stream().text()).isEqualTo("The sky is blue.");
		assertThat(b.requests).hasSize(3);
		assertThat(this.scenario.log).contains("b failed INVALID_REQUEST, neutral");
	}

	@Test
	void survivesASecondAndAThirdCut() {
		this.scenario.endpoint("a").emits(cutAfter("One "));
		this.scenario.endpoint("b").emits(cutAfter("two "));
		this.scenario.endpoint("c").emits(cutAfter("three "));
		this.scenario.endpoint("d").answers("four");
		ChatResponse response = this.scenario.stream().result().response();
		assertThat(response.text()).isEqualTo("One two three four");
		assertThat(response.segments()).extracting(Segment::endpoint).containsExactly("a", "b", "c", "d");
	}

	@Test
	void returnsOnceToTheEndpointThatBrokeOffWhenNobodyElseIsLeft() {
		this.scenario.endpoint("a").emits(cutAfter("One ")).emits(cutAfter("two "));
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.text()).isEqualTo("One two ");
		assertThat(caller.error).isInstanceOfSatisfying(StreamInterruptedException.class, (exception) -> {
			assertThat(exception.partialText()).isEqualTo("One two ");
			assertThat(exception.attempts()).hasSize(2);
		});
	}

	@Test
	void asksOthersBeforeItReturns() {
		this.scenario.endpoint("a").emits(cutAfter("One ")).answers("three");
		this.scenario.endpoint("b").emits(cutAfter("two "));
		assertThat(this.scenario.stream().text()).isEqualTo("One two three");
		assertThat(this.scenario.log).filteredOn((line) -> line.endsWith("called"))
			.containsExactly("a called", "b called", "a called");
	}

	@Test
	void acceptsThatNothingWasLeftToSay() {
		this.scenario.endpoint("a").emits(cutAfter("All of it."));
		this.scenario.endpoint("b", (builder) -> builder.capabilities(PREFILL)).emits(ScriptedEndpoint.finish());
		assertThat(this.scenario.stream().result().response().text()).isEqualTo("All of it.");
	}

	@Test
	void takesAnEmptyContinuationInMidSentenceForAFailure() {
		this.scenario.endpoint("a").emits(cutAfter("Half of "));
		this.scenario.endpoint("b").emits(ScriptedEndpoint.finish());
		this.scenario.endpoint("c").answers("it");
		assertThat(this.scenario.stream().result().response().text()).isEqualTo("Half of it");
	}

	@Test
	void interruptsWhenOnlyOtherModelsAreLeftAndOnlyTheSameMayResume() {
		this.scenario.settings(CallSettings.builder()
			.recovery(new RecoverySettings(StreamRecovery.RESUME, ModelScope.SAME_MODEL, "Go on."))
			.build());
		this.scenario.endpoint("a", (builder) -> builder.modelGroup("large"))
			.emits(cutAfter("One "))
			.emits(cutAfter(""));
		this.scenario.endpoint("b", (builder) -> builder.modelGroup("small"));
		this.scenario.endpoint("c", (builder) -> builder.modelGroup("large")).answers("two");
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.text()).isEqualTo("One two");
		assertThat(this.scenario.log).doesNotContain("b called");
	}

	@Test
	void namesTheOtherModelAsTheReasonWhenNobodyMayResume() {
		this.scenario.settings(CallSettings.builder()
			.recovery(new RecoverySettings(StreamRecovery.RESUME, ModelScope.SAME_MODEL, "Go on."))
			.build());
		this.scenario.endpoint("a").emits(cutAfter("One ")).fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b");
		assertThat(this.scenario.stream().error).isInstanceOfSatisfying(StreamInterruptedException.class,
				(exception) -> assertThat(exception.skips()).singleElement()
					.satisfies((skip) -> assertThat(skip.reason()).isEqualTo(SkipReason.OTHER_MODEL)));
	}

	@Test
	void restartsAndTellsTheCallerToDiscard() {
		this.scenario.endpoint("a").emits(cutAfter("Half of "));
		ScriptedEndpoint b = this.scenario.endpoint("b").answers("All of it");
		Scenario.Caller caller = this.scenario.call(with(StreamRecovery.RESTART), Delivery.EVENTS);
		assertThat(caller.received)
			.contains(new ChatEvent.EndpointSwitched("a", "b", "model-b", FailureKind.CONNECTION_LOST, true));
		assertThat(caller.textAfterLastDiscard()).isEqualTo("All of it").isEqualTo(caller.result().response().text());
		assertThat(b.requests.get(0).chat().messages()).hasSize(1);
		assertThat(caller.result().response().segments()).extracting(Segment::endpoint).containsExactly("b");
	}

	@Test
	void tellsWhatTheCallerHoldsWhenNobodyIsLeftToRestart() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(cutAfter("Half of ").doOnError((error) -> a.open(Duration.ofSeconds(30))));
		Scenario.Caller caller = this.scenario.call(with(StreamRecovery.RESTART), Delivery.EVENTS);
		assertThat(caller.error).isInstanceOfSatisfying(StreamInterruptedException.class,
				(exception) -> assertThat(exception.partialText()).isEqualTo("Half of "));
		assertThat(this.scenario.events).filteredOn(FailoverEvent.StreamBroken.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((FailoverEvent.StreamBroken) event).recovery())
				.isEqualTo(StreamRecovery.FAIL));
	}

	@Test
	void countsWhatCameWhenTheProviderReportedOnlyTheBeginning() {
		String half = "half ".repeat(100);
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>just(new EndpointEvent.UsageReported(new Usage(10, 1, null, null)))
				.concatWith(cutAfter(half)));
		ScriptedEndpoint b = this.scenario.endpoint("b").answers("whole");
		this.scenario.call(ChatRequest.builder().user("hello").maxTokens(200).build(), Delivery.EVENTS);
		assertThat(b.requests.get(0).chat().maxTokens()).isBetween(50, 110);
	}

	@ParameterizedTest
	@EnumSource(value = Delivery.class, names = { "TEXT", "RELAY" })
	void neverTakesTextBackFromWhoCannotBeTold(Delivery delivery) {
		this.scenario.endpoint("a").emits(cutAfter("Half of "));
		ScriptedEndpoint b = this.scenario.endpoint("b");
		Scenario.Caller caller = this.scenario.call(with(StreamRecovery.RESTART), delivery);
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
		assertThat(b.requests).isEmpty();
	}

	@Test
	void tellsOfEveryRelayedEventWhereItComesFrom() {
		this.scenario.endpoint("a").emits(cutAfter("Half of "));
		this.scenario.endpoint("b").answers("it.");
		List<RelayedEvent> events = new ArrayList<>();
		this.scenario.engine().relay(ChatRequest.of("hello")).subscribe(events::add);
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(events).filteredOn((relayed) -> relayed.event() instanceof ChatEvent.ContentDelta)
			.extracting(RelayedEvent::endpoint, RelayedEvent::model)
			.containsExactly(tuple("a", "model-a"), tuple("b", "model-b"));
		assertThat(events).noneMatch(RelayedEvent::refusal);
	}

	@Test
	void tellsWhereThePartsOfARelayedAnswerEnd() {
		ReasoningPart signed = new ReasoningPart("", "signature", null, null);
		this.scenario.endpoint("a")
			.emits(Flux
				.<EndpointEvent>just(new EndpointEvent.Reasoning("Hm"), new EndpointEvent.PartEnded(signed),
						new EndpointEvent.PartEnded(new ReasoningPart("", null, "hidden", null)))
				.concatWith(cutAfter("Half of ")));
		this.scenario.endpoint("b").answers("it.");
		List<RelayedEvent> events = new ArrayList<>();
		this.scenario.engine().relay(ChatRequest.of("hello")).subscribe(events::add);
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(events).filteredOn((relayed) -> !relayed.ended().isEmpty())
			.singleElement()
			.satisfies((relayed) -> assertThat(relayed.event()).isEqualTo(new ChatEvent.ContentDelta("Half of ")))
			.satisfies((relayed) -> assertThat(relayed.ended()).hasSize(2).startsWith(signed));
	}

	@Test
	void doesNotGoOnWithARefusalElsewhere() {
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>just(new EndpointEvent.RefusalBegan()).concatWith(cutAfter("I cannot ")));
		this.scenario.endpoint("b");
		assertThat(this.scenario.call(ChatRequest.of("hello"), Delivery.RELAY).error)
			.isInstanceOf(StreamInterruptedException.class);
	}

	@Test
	void restartsStructuredOutput() {
		this.scenario.endpoint("a").emits(cutAfter("{\"half"));
		this.scenario.endpoint("b").answers("{}");
		ChatRequest request = ChatRequest.builder().user("hello").responseFormat(ResponseFormat.JSON_OBJECT).build();
		assertThat(this.scenario.call(request, Delivery.EVENTS).textAfterLastDiscard()).isEqualTo("{}");
	}

	@Test
	void restartsWhenAToolCallWasUnderWay() {
		this.scenario.endpoint("a")
			.emits(Flux.concat(ScriptedEndpoint.texts("Let me look. "), Flux.just(new EndpointEvent.ToolCallProgress()),
					ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		ToolCall call = new ToolCall("1", "look", "{}");
		this.scenario.endpoint("b")
			.emits(Flux.<EndpointEvent>just(new EndpointEvent.ToolCallComplete(call))
				.concatWith(ScriptedEndpoint.finish()));
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.textAfterLastDiscard()).isEmpty();
		assertThat(caller.result().response().toolCalls()).containsExactly(call);
	}

	@Test
	void neverRestartsAfterADeliveredToolCall() {
		ToolCall call = new ToolCall("1", "look", "{}");
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>just(new EndpointEvent.ToolCallComplete(call))
				.concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		this.scenario.endpoint("b");
		assertThat(this.scenario.stream().error).isInstanceOf(StreamInterruptedException.class);
	}

	@Test
	void goesOnAfterDeliveredReasoningWithThePlainRequest() {
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>just(new EndpointEvent.Reasoning("hmm"))
				.concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		ScriptedEndpoint b = this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		assertThat(caller.text()).isEqualTo("Hi");
		assertThat(caller.received)
			.contains(new ChatEvent.EndpointSwitched("a", "b", "model-b", FailureKind.CONNECTION_LOST, false));
		assertThat(b.requests.get(0).chat().messages()).hasSize(1);
		assertThat(caller.result().response().reasoning()).isEqualTo("hmm");
	}

	@Test
	void failsWhenToldTo() {
		this.scenario.endpoint("a").emits(cutAfter("Half of "));
		this.scenario.endpoint("b");
		assertThat(this.scenario.call(with(StreamRecovery.FAIL), Delivery.EVENTS).error)
			.isInstanceOf(StreamInterruptedException.class);
		assertThat(this.scenario.log).doesNotContain("b called");
	}

	@Test
	void addsTheTokensOfAllAttempts() {
		this.scenario.endpoint("a")
			.emits(Flux.concat(ScriptedEndpoint.texts("One "),
					Flux.just(new EndpointEvent.UsageReported(new Usage(10, 1, null, null))),
					ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		this.scenario.endpoint("b")
			.emits(Flux.concat(ScriptedEndpoint.texts("two"), ScriptedEndpoint.finish(),
					Flux.just(new EndpointEvent.UsageReported(new Usage(12, 2, 3L, null)))));
		assertThat(this.scenario.stream().result().response().usage()).isEqualTo(new Usage(22, 3, 3L, null));
	}

	@Test
	void marksAnAnswerThatOnlyBeganElsewhereAsDegraded() {
		this.scenario.endpoint("a").open(Duration.ofSeconds(5));
		this.scenario.endpoint("b").emits(cutAfter("One ")).answers("two");
		ChatResponse response = this.scenario.stream().result().response();
		assertThat(response.degraded()).isTrue();
		assertThat(response.attempts()).extracting((attempt) -> attempt.outcome())
			.containsExactly(AttemptOutcome.FAILED, AttemptOutcome.SUCCEEDED);
	}

	private static ChatRequest with(StreamRecovery recovery) {
		return ChatRequest.builder().user("hello").options(ChatOptions.DEFAULTS.withStreamRecovery(recovery)).build();
	}

	private static Flux<EndpointEvent> cutAfter(String... texts) {
		return ScriptedEndpoint.texts(texts)
			.filter((event) -> !((EndpointEvent.Text) event).text().isEmpty())
			.concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST));
	}

}
