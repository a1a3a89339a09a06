// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.failure.Usage;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that the caller's own check refuses.
 */
class RejectedAnswerTests {

	private final Scenario scenario = new Scenario();

	private final ScriptedEndpoint first = this.scenario.endpoint("first");

	private final ScriptedEndpoint second = this.scenario.endpoint("second");

	private final List<ChatResponse> checked = new ArrayList<>();

	@Test
	void goOnToTheNextEndpointAndDoNotCountAgainstTheFirst() {
		this.first.answers("no");
		this.second.answers("yes");
		ChatResponse response = call(Delivery.WHOLE, ChatOptions.DEFAULTS, says("yes")).result().response();
		assertThat(response.text()).isEqualTo("yes");
		assertThat(response.degraded()).isTrue();
		assertThat(response.attempts()).extracting(Attempt::failure).containsExactly(FailureKind.REJECTED, null);
		assertThat(this.scenario.log).contains("first failed REJECTED, neutral", "second succeeded");
	}

	@Test
	void areSeenByTheCheckAsTheCallerWouldGetThem() {
		this.first.emits(answer("no", new Usage(10, 1, null, null)));
		this.second.emits(answer("yes", new Usage(20, 2, null, null)));
		ChatResponse response = call(Delivery.WHOLE, ChatOptions.DEFAULTS, says("yes")).result().response();
		assertThat(this.checked).hasSize(2);
		assertThat(this.checked.get(0).text()).isEqualTo("no");
		assertThat(this.checked.get(0).usage()).isEqualTo(new Usage(10, 1, null, null));
		assertThat(this.checked.get(1)).isEqualTo(response);
		assertThat(response.usage()).isEqualTo(new Usage(30, 3, null, null));
	}

	@Test
	void failTheCallWhenNoEndpointIsLeftWithoutAskingOneTwice() {
		this.first.answers("no").answers("yes");
		this.second.answers("no").answers("yes");
		Scenario.Caller caller = call(Delivery.WHOLE, ChatOptions.DEFAULTS, says("yes"));
		assertThat(caller.error).isInstanceOfSatisfying(AllEndpointsFailedException.class,
				(error) -> assertThat(error.attempts()).extracting(Attempt::failure)
					.containsExactly(FailureKind.REJECTED, FailureKind.REJECTED));
	}

	@Test
	void includeThoseWhoseCheckThrows() {
		this.first.answers("no");
		this.second.answers("yes");
		ChatResponse response = call(Delivery.WHOLE, ChatOptions.DEFAULTS, (answer) -> {
			if (answer.text().equals("no")) {
				throw new IllegalStateException(answer.text());
			}
			return true;
		}).result().response();
		assertThat(response.text()).isEqualTo("yes");
	}

	@Test
	void areTakenBackFromAStreamOfEvents() {
		this.first.answers("n", "o");
		this.second.answers("yes");
		Scenario.Caller caller = call(Delivery.EVENTS, ChatOptions.DEFAULTS, says("yes"));
		assertThat(caller.text()).isEqualTo("noyes");
		assertThat(caller.textAfterLastDiscard()).isEqualTo("yes");
		assertThat(caller.result().response().text()).isEqualTo("yes");
		assertThat(caller.received).filteredOn(ChatEvent.EndpointSwitched.class::isInstance)
			.containsExactly(
					new ChatEvent.EndpointSwitched("first", "second", "model-second", FailureKind.REJECTED, true));
	}

	@Test
	void takeBackAlsoWhatEarlierAttemptsWrote() {
		ScriptedEndpoint third = this.scenario.endpoint("third").answers("yes");
		this.first
			.emits(ScriptedEndpoint.texts("It is ").concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		this.second.answers("not so.");
		Scenario.Caller caller = call(Delivery.EVENTS, ChatOptions.DEFAULTS, says("yes"));
		assertThat(this.checked).extracting(ChatResponse::text).containsExactly("It is not so.", "yes");
		assertThat(caller.textAfterLastDiscard()).isEqualTo("yes");
		assertThat(third.requests).hasSize(1);
	}

	@Test
	void endAStreamThatCannotTakeThemBack() {
		this.first.answers("no");
		assertInterrupted(call(Delivery.TEXT, ChatOptions.DEFAULTS, says("yes")));
		this.first.answers("no");
		assertInterrupted(
				call(Delivery.EVENTS, ChatOptions.DEFAULTS.withStreamRecovery(StreamRecovery.FAIL), says("yes")));
		assertThat(this.second.requests).isEmpty();
	}

	@Test
	void endAStreamThatDeliveredAToolCall() {
		this.first.emits(Flux.<EndpointEvent>just(new EndpointEvent.ToolCallComplete(new ToolCall("1", "look", "{}")))
			.concatWith(ScriptedEndpoint.finish()));
		assertInterrupted(call(Delivery.EVENTS, ChatOptions.DEFAULTS, says("yes")));
		assertThat(this.second.requests).isEmpty();
	}

	private static void assertInterrupted(Scenario.Caller caller) {
		assertThat(caller.error).isInstanceOfSatisfying(StreamInterruptedException.class,
				(error) -> assertThat(error.kind()).isEqualTo(FailureKind.REJECTED));
	}

	private static Flux<EndpointEvent> answer(String text, Usage usage) {
		return ScriptedEndpoint.texts(text)
			.concatWith(Flux.just(new EndpointEvent.UsageReported(usage)))
			.concatWith(ScriptedEndpoint.finish());
	}

	private static Predicate<ChatResponse> says(String text) {
		return (response) -> response.text().equals(text);
	}

	private Scenario.Caller call(Delivery delivery, ChatOptions options, Predicate<ChatResponse> accept) {
		ChatRequest request = ChatRequest.builder().user("hello").options(options.withAccept((response) -> {
			this.checked.add(response);
			return accept.test(response);
		})).build();
		return this.scenario.call(request, delivery);
	}

}
