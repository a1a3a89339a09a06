// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.engine.waiting.WaitTarget;
import io.github.fallbackai.engine.waiting.WaitingRoom;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.CallSettings;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many calls may wait for an endpoint at the same time.
 */
class WaitingRoomTests {

	private static final Availability FULL = new Availability(SkipReason.CONCURRENCY_LIMIT, null, null);

	private static final CallSettings WAITING = CallSettings.builder().waitWhenUnavailable(true).build();

	private final Scenario scenario = new Scenario().settings(WAITING);

	@Test
	void letsNoMoreThanAThousandCallsWait() {
		this.scenario.endpoint("a").open(Duration.ofSeconds(10));
		List<Scenario.Caller> callers = new ArrayList<>();
		for (int call = 0; call < 1001; call++) {
			callers.add(this.scenario.stream());
		}
		assertThat(callers.subList(0, 1000)).allMatch((caller) -> caller.error == null);
		assertThat(callers.get(1000).error).isInstanceOf(NoEndpointAvailableException.class);
	}

	@Test
	void findsAPlaceThatBecameFreeBeforeItWaited() {
		Candidate free = this.scenario.endpoint("a").candidate();
		WaitingRoom room = new WaitingRoom(this.scenario.time);
		AtomicBoolean called = new AtomicBoolean();
		room.enter(new WaitTarget(Duration.ofMinutes(1), List.of(free)), Load.INTERACTIVE)
			.subscribe(null, null, () -> called.set(true));
		this.scenario.advance(Duration.ofMillis(1));
		assertThat(called).isTrue();
	}

	@Test
	void makesRoomWhenACallerLeaves() {
		this.scenario.endpoint("a").open(Duration.ofSeconds(10));
		List<Scenario.Caller> callers = new ArrayList<>();
		for (int call = 0; call < 1000; call++) {
			callers.add(this.scenario.stream());
		}
		callers.get(0).cancel();
		assertThat(this.scenario.stream().error).isNull();
	}

	@Test
	void aCallerWhoLeavesBeforeItIsInTheLineKeepsNoPlaceFromTheNext() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.availability = FULL;
		WaitingRoom room = new WaitingRoom(this.scenario.time);
		WaitTarget wait = new WaitTarget(Duration.ofMinutes(1), List.of(a.candidate()));
		room.enter(wait, Load.INTERACTIVE).subscribe(new LeavesAtOnce());
		AtomicBoolean called = new AtomicBoolean();
		room.enter(wait, Load.INTERACTIVE).subscribe(null, null, () -> called.set(true));
		a.availability = Availability.AVAILABLE;
		a.candidate().callNext();
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(called).isTrue();
	}

	@Test
	void aCallerWhoIsLeavingPassesOnAPlaceThatBecomesFreeMeanwhile() {
		ScriptedEndpoint a = this.scenario.endpoint("a").answers("Hi");
		a.availability = FULL;
		ImmediateCallListener givesPlaceBack = (event) -> {
			if (event instanceof FailoverEvent.CallEnded ended && ended.outcome() == AttemptOutcome.CANCELLED) {
				a.availability = Availability.AVAILABLE;
				a.candidate().callNext();
			}
		};
		CandidateChain chain = new CandidateChain("default", List.of(a.candidate()), WAITING);
		FailoverEngine engine = new FailoverEngine(CandidateChains.of(chain), List.of(givesPlaceBack),
				this.scenario.time, Duration.ofMinutes(2));
		Disposable leaving = engine.call(ChatRequest.of("hello"), Delivery.EVENTS).subscribe();
		Scenario.Caller next = new Scenario.Caller(Long.MAX_VALUE);
		engine.call(ChatRequest.of("hello"), Delivery.EVENTS).subscribe(next);
		// What is scheduled within a task runs after it.
		this.scenario.time.schedule(leaving::dispose);
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(next.completed).isTrue();
	}

	@Test
	void callsThatWaitForAPlaceAreNotForgottenWhenTheBreakerOpensMeanwhile() {
		this.scenario
			.settings(CallSettings.builder().waitWhenUnavailable(true).deadline(Duration.ofSeconds(30)).build());
		ScriptedEndpoint a = this.scenario.endpoint("a").answers("Hi").answers("Hi").answers("Hi");
		a.availability = FULL;
		List<Scenario.Caller> callers = new ArrayList<>();
		for (int call = 0; call < 3; call++) {
			callers.add(this.scenario.stream());
		}
		this.scenario.advance(Duration.ofSeconds(1));
		// The last call there fails, and its end opens the breaker.
		a.open(Duration.ofSeconds(10));
		a.candidate().callNext();
		this.scenario.advance(Duration.ofSeconds(9));
		assertThat(callers).noneMatch((caller) -> caller.completed);
		// The breaker awaits a probe from now on, which no call in the queue learns.
		a.availability = Availability.AVAILABLE;
		this.scenario.advance(Duration.ofSeconds(3));
		assertThat(callers).allMatch((caller) -> caller.completed);
	}

	@Test
	void aPlaceThatIsFreeForACallInNeedOnlyIsTaken() {
		ScriptedEndpoint a = this.scenario.endpoint("a").answers("Hi");
		a.availability = FULL;
		Scenario.Caller caller = this.scenario.stream();
		a.availability = new Availability(SkipReason.AWAITING_PROBE, null, null, true);
		a.candidate().callNext();
		this.scenario.advance(Duration.ofSeconds(1));
		assertThat(caller.completed).isTrue();
	}

	/** A subscriber that changes its mind. */
	private static final class LeavesAtOnce extends BaseSubscriber<Void> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			cancel();
		}

	}

}
