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

	private final Disposable view = this.contender.events().subscribe((event) -> {
	}, (error) -> {
	});

	@Test
	void endsWhenItWorkedJustBeforeItWasOvertaken() {
		this.answer.tryEmitNext(new EndpointEvent.Text("Hi"));
		overtake();
		assertThat(this.log).contains("a succeeded", "a cancelled");
	}

	@Test
	void endsWhenItWorksAfterItWasOvertaken() {
		overtake();
		assertThat(this.log).doesNotContain("a succeeded", "a cancelled");
		this.answer.tryEmitNext(new EndpointEvent.Text("Hi"));
		assertThat(this.log).contains("a succeeded", "a cancelled");
	}

	@Test
	void isJudgedWhenItFailedJustBeforeItWasOvertaken() {
		this.answer.tryEmitError(new EndpointException(Failure.of(FailureKind.SERVER_ERROR).build()));
		overtake();
		assertThat(this.log).contains("a failed SERVER_ERROR, counts");
	}

	private void overtake() {
		this.contender.overtaken();
		this.view.dispose();
		this.contender.unseen();
	}

	private Contender contender() {
		ScriptedEndpoint a = new ScriptedEndpoint("a", this.log, this.time, UnaryOperator.identity());
		a.probe = true;
		a.emits(this.answer.asFlux());
		AttemptBudget budget = new AttemptBudget(Limit.NONE, Limit.NONE, Limit.NONE, Long.MAX_VALUE);
		Bill bill = new Bill(a.candidate().endpoint(), PricedRequest.neutral(), null, Reservation.NONE);
		AttemptRun run = new AttemptRun(1, a.candidate(), new Admission(a.tryEnter(), bill),
				new AttemptClock(budget, 0), this.time, null);
		EndpointRequest request = new EndpointRequest(a.candidate().endpoint(), ChatRequest.of("hello"), true);
		return new Contender(run, run.events(request), 3);
	}

}
