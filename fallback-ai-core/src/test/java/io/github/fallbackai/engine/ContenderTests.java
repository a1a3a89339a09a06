// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.engine.resume.Continuation;
import io.github.fallbackai.engine.timing.AttemptBudget;
import io.github.fallbackai.engine.timing.AttemptClock;
import io.github.fallbackai.engine.timing.Limit;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A watched attempt whose verdict and defeat meet ends once and closes its connection,
 * whichever comes first.
 */
class ContenderTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<String> log = new ArrayList<>();

	private final Sinks.Many<EndpointEvent> answer = Sinks.many().unicast().onBackpressureBuffer();

	private final Contender contender = contender();

	private final List<Arrival> arrived = new ArrayList<>();

	private Throwable error;

	private final Disposable race = this.contender.arrivals()
		.subscribe(this.arrived::add, (error) -> this.error = error);

	@Test
	void endsWhenItWorkedJustBeforeItWasOvertaken() {
		this.answer.tryEmitNext(new EndpointEvent.Text("Hi"));
		this.contender.overtake();
		assertThat(this.log).contains("a succeeded", "a cancelled");
	}

	@Test
	void endsWhenItWorksAfterItWasOvertaken() {
		this.contender.overtake();
		assertThat(this.log).doesNotContain("a succeeded", "a cancelled", "a told OVERTAKEN");
		this.answer.tryEmitNext(new EndpointEvent.Text("Hi"));
		assertThat(this.log).contains("a succeeded", "a told OVERTAKEN", "a cancelled");
	}

	@Test
	void isJudgedWhenItFailedJustBeforeItWasOvertaken() {
		this.answer.tryEmitError(new EndpointException(Failure.of(FailureKind.SERVER_ERROR).build()));
		this.contender.overtake();
		assertThat(this.log).contains("a failed SERVER_ERROR, counts");
	}

	@Test
	void tellsTheRaceNothingMoreOnceItIsOvertaken() {
		this.contender.overtake();
		this.answer.tryEmitNext(new EndpointEvent.Text("Hi"));
		assertThat(this.arrived).isEmpty();
		assertThat(this.error).isNull();
	}

	@Test
	void closesItsConnectionWhenTheRaceIsCancelled() {
		this.race.dispose();
		assertThat(this.log).contains("a cancelled");
	}

	@Test
	void isNotWatchedIfItsRequestNeverLeft() {
		Contender late = contender();
		this.log.clear();
		late.overtake();
		assertThat(this.log).containsExactly("a released", "a told OVERTAKEN");
		late.arrivals().subscribe(this.arrived::add);
		assertThat(this.log).doesNotContain("a called");
		assertThat(late.run().candidate().experience().overtakenInARow(1)).isFalse();
	}

	private Contender contender() {
		ScriptedEndpoint a = new ScriptedEndpoint("a", this.log, this.time, UnaryOperator.identity());
		a.probe = true;
		a.emits(this.answer.asFlux());
		Continuation original = Continuation.none(ChatRequest.of("hello"));
		AttemptBudget budget = new AttemptBudget(Limit.NONE, Limit.NONE, Limit.NONE, Limit.NONE, Limit.NONE,
				Long.MAX_VALUE);
		Bill bill = new Bill(a.candidate().endpoint(), PricedRequest.neutral(), original, Reservation.NONE);
		AttemptEnd end = new AttemptEnd(a.candidate(), a.tryEnter(), bill,
				(attempt, failure) -> this.log.add("a told " + attempt.outcome()));
		AttemptRun run = new AttemptRun(1, end, new AttemptClock(budget, this.time), original);
		EndpointRequest request = new EndpointRequest(a.candidate().endpoint(), ChatRequest.of("hello"), true);
		return new Contender(run, run.events(request), 3);
	}

}
