// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.engine.FailoverEngine;
import io.github.fallbackai.engine.ScriptedEndpoint;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.event.CallListeners;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.policy.CallSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time for which a consumer wants nothing of a loop of models and tools does not
 * count, wherever it pauses.
 */
class ToolPausesTests {

	private static final Duration DEADLINE = Duration.ofSeconds(5);

	private static final Duration STALL = Duration.ofMinutes(2);

	private static final Duration PAUSE = Duration.ofMinutes(1);

	private static final Duration TOOL = Duration.ofSeconds(1);

	/** Two calls, what their tools do, the end of the round, and the text. */
	private static final int EVENTS = 10;

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ScriptedEndpoint endpoint = new ScriptedEndpoint("a", new ArrayList<>(), this.time,
			UnaryOperator.identity());

	private int cancelled;

	@Test
	void tripNoLimitWhereverTheyAre() {
		for (int taken = 0; taken <= EVENTS; taken++) {
			Caller caller = new Caller();
			events(Mono.delay(TOOL, this.time).thenReturn("12 degrees")).subscribe(caller);
			for (int taking = 0; taking < taken; taking++) {
				caller.request(1);
				this.time.advanceTimeBy(Duration.ofMillis(100));
			}
			this.time.advanceTimeBy(PAUSE);
			caller.request(1);
			this.time.advanceTimeBy(PAUSE);
			caller.requestUnbounded();
			this.time.advanceTimeBy(DEADLINE.minusMillis(1));
			assertThat(caller.error).as("after " + taken).isNull();
			assertThat(caller.last).as("after " + taken).isInstanceOf(ChatEvent.Completed.class);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4 })
	void moveTheDeadlineOfAToolThatRuns(int taken) {
		Caller caller = new Caller();
		events(Mono.never()).subscribe(caller);
		if (taken > 0) {
			caller.request(taken);
		}
		this.time.advanceTimeBy(PAUSE);
		caller.requestUnbounded();
		this.time.advanceTimeBy(DEADLINE.minusMillis(1));
		assertThat(caller.error).isNull();
		this.time.advanceTimeBy(Duration.ofMillis(20));
		assertThat(caller.error).isInstanceOf(DeadlineExceededException.class);
		assertThat(this.cancelled).isPositive();
	}

	@Test
	void endTheLoopWhenTheyAreTooLong() {
		Caller caller = new Caller();
		events(Mono.never()).subscribe(caller);
		caller.request(3);
		this.time.advanceTimeBy(STALL.minusMillis(1));
		assertThat(caller.error).isNull();
		assertThat(this.cancelled).isZero();
		this.time.advanceTimeBy(Duration.ofMillis(2));
		assertThat(caller.error).isInstanceOf(StreamInterruptedException.class);
		assertThat(this.cancelled).isPositive();
	}

	private Flux<ChatEvent> events(Mono<String> result) {
		this.endpoint
			.emits(Flux.<EndpointEvent>just(call("1"), call("2"))
				.concatWith(ScriptedEndpoint.finish(FinishReason.TOOL_CALLS)))
			.answers("It is ", "warm.");
		FailoverEngine engine = new FailoverEngine(CandidateChains.of(new CandidateChain("default",
				List.of(this.endpoint.candidate()), CallSettings.builder().deadline(DEADLINE).build())), List.of(),
				this.time, STALL);
		ToolExecutor tools = ToolExecutor.builder()
			.tool(new ToolDefinition("look", "Looks", "{\"type\":\"object\"}"),
					(invocation) -> result.doOnCancel(() -> this.cancelled++))
			.parallel(1)
			.build();
		return new ToolLoops(engine, new CallListeners(List.of()), this.time).run(ChatRequest.of("Hi"), tools, 3, true);
	}

	private static EndpointEvent call(String id) {
		return new EndpointEvent.ToolCallComplete(new ToolCall(id, "look", "{}"));
	}

	private static final class Caller extends BaseSubscriber<ChatEvent> {

		private ChatEvent last;

		private Throwable error;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// It asks later.
		}

		@Override
		protected void hookOnNext(ChatEvent event) {
			this.last = event;
		}

		@Override
		protected void hookOnError(Throwable error) {
			this.error = error;
		}

	}

}
