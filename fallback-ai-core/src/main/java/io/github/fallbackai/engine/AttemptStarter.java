// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.client.CorrectionBudget;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.resume.Continuation;
import io.github.fallbackai.engine.timing.AttemptBudget;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.policy.HedgeSettings;
import reactor.core.publisher.Flux;

/**
 * Starts the attempts of one call: takes the permit, computes the budget of time and
 * makes the request.
 */
final class AttemptStarter {

	private final CallEnvironment environment;

	private final CallState call;

	private final TimeShares timeShares;

	private final CorrectionBudget corrections = new CorrectionBudget();

	AttemptStarter(CallEnvironment environment, CallState call, TimeShares timeShares) {
		this.environment = environment;
		this.call = call;
		this.timeShares = timeShares;
	}

	/** Starts the turn of a plan, unless another call took the permit. */
	Turn turn(Plan.Ask plan) {
		Candidate candidate = plan.candidate();
		return start(plan).<Turn>map((run) -> turn(plan, run))
			.orElseGet(() -> new Turn.LostToAnotherCall(candidate, candidate.lostTo(this.call.request())));
	}

	private Turn turn(Plan.Ask plan, AttemptRun run) {
		Flux<EndpointEvent> events = events(run);
		Optional<Joining> joining = joining(plan, run);
		if (joining.isEmpty()) {
			return new Turn.Single(run, events.map((event) -> new RaceSignal.Received(run, event)));
		}
		boolean firstEndpoint = this.call.history().rung(plan.candidate()) == 1;
		return new HedgeRace(contender(run, events), () -> backup(plan, joining.get()),
				(failure) -> isFatal(failure, firstEndpoint), joining.get().delay(), this.environment.scheduler());
	}

	/**
	 * When the next endpoint joins. If a call is the probe of an endpoint that was open,
	 * it does not wait until that endpoint's limit passes, with or without hedging.
	 */
	private Optional<Joining> joining(Plan.Ask plan, AttemptRun run) {
		Optional<Joining> hedge = hedgeDelay(plan).map((delay) -> new Joining(delay, false));
		if (!run.permit().probe() || plan.followers().isEmpty() || this.call.request().load() == Load.BATCH) {
			return hedge;
		}
		Duration patience = run.candidate().endpoint().breaker().probe().patience();
		return hedge.filter((joining) -> joining.delay().compareTo(patience) < 0)
			.or(() -> Optional.of(new Joining(patience, true)));
	}

	private Optional<Duration> hedgeDelay(Plan.Ask plan) {
		HedgeSettings hedge = this.call.settings().hedge();
		if (hedge == null || plan.followers().isEmpty() || this.call.request().load() == Load.BATCH) {
			return Optional.empty();
		}
		this.environment.hedgeBudget().earn(hedge.maxRatio());
		if (hedge.delay() != null) {
			return Optional.of(hedge.delay());
		}
		long usual = plan.candidate().experience().usualFirstContent();
		return (usual < 0) ? Optional.empty() : Optional.of(Duration.ofNanos(usual));
	}

	private Optional<Contender> backup(Plan.Ask plan, Joining joining) {
		int withTheFirst = this.call.history().effort().attempts() + 1;
		if (withTheFirst >= this.call.settings().maxAttempts()) {
			return Optional.empty();
		}
		for (int index = 0; index < plan.followers().size(); index++) {
			Candidate follower = plan.followers().get(index);
			if (!follower.gate().needsProbe() && follower.availability(this.call.request()).available()) {
				if (!joining.free() && !this.environment.hedgeBudget().trySpend()) {
					return Optional.empty();
				}
				Optional<AttemptRun> started = start(plan.shiftedTo(index));
				started.ifPresent((run) -> this.call.log().hedged(follower));
				return started.map((run) -> contender(run, events(run)));
			}
		}
		return Optional.empty();
	}

	private static Contender contender(AttemptRun run, Flux<EndpointEvent> events) {
		return new Contender(run, events, run.candidate().endpoint().breaker().failureThreshold());
	}

	private boolean isFatal(Failure failure, boolean firstEndpoint) {
		return switch (failure.kind().nextEndpoint()) {
			case AFTER_FIRST, ON_REQUEST -> !this.call.settings().movesOnAfter(failure.kind(), firstEndpoint);
			default -> false;
		};
	}

	/**
	 * Starts an attempt, unless another call took the place or the budget, or the caller
	 * has left.
	 */
	private Optional<AttemptRun> start(Plan.Ask plan) {
		Candidate candidate = plan.candidate();
		AttemptBudget budget = this.timeShares.budget(plan);
		Continuation continuation = continuation(candidate);
		Reservation reservation = candidate.tryReserve(this.call.request());
		if (reservation == null) {
			return Optional.empty();
		}
		Permit permit = candidate.gate().tryEnter(this.call.request().load());
		if (permit == null) {
			reservation.settle(BigDecimal.ZERO);
			return Optional.empty();
		}
		if (!this.call.end().mayBegin()) {
			permit.released();
			reservation.settle(BigDecimal.ZERO);
			candidate.callNext();
			return Optional.empty();
		}
		int number = this.call.history().begin();
		CallAttempt attempt = new CallAttempt(this.call, number, candidate);
		Bill bill = new Bill(candidate.endpoint(), this.call.request(), continuation, reservation);
		AttemptRun run = new AttemptRun(number, new AttemptEnd(candidate, permit, bill, attempt),
				this.environment.clock(budget), continuation);
		attempt.begin(run);
		return Optional.of(run);
	}

	private Continuation continuation(Candidate candidate) {
		Transcript transcript = this.call.transcript();
		ChatRequest request = candidate.inItsForm(this.call.request().request());
		if (!transcript.holdsText()) {
			return Continuation.none(request);
		}
		String delivered = transcript.text();
		if (delivered.isBlank()) {
			return Continuation.blank(request, delivered);
		}
		if (transcript.beforeCall()) {
			return Continuation.anew(request, delivered);
		}
		long spent = transcript.tokens();
		return candidate.takesPrefill() ? Continuation.prefilled(request, delivered, spent)
				: Continuation.instructed(request, delivered, this.call.settings().recovery().instruction(), spent);
	}

	private Flux<EndpointEvent> events(AttemptRun run) {
		Endpoint endpoint = run.candidate().endpoint();
		EndpointRequest request = new EndpointRequest(endpoint, run.request(),
				this.call.delivery().streams(endpoint, run.request()), this.corrections);
		Flux<EndpointEvent> events = run.events(request);
		// What the model says when it declines is no answer while others may answer.
		return this.call.settings().movesOnAfterRefusals()
				? events.filter((event) -> !(event instanceof EndpointEvent.Text && run.answer().refused())) : events;
	}

	/**
	 * A second endpoint may join.
	 *
	 * @param delay time without content after which it joins
	 * @param free whether it does not count as the extra request of a hedge
	 */
	private record Joining(Duration delay, boolean free) {

	}

}
