package io.github.fallbackai.engine;

import java.math.BigDecimal;
import java.time.Duration;

import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.engine.resume.Continuation;
import io.github.fallbackai.event.AttemptTrace;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.policy.HedgeSettings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Starts the attempts of one call: takes the permit, cuts the budget and words the
 * request.
 */
final class AttemptStarter {

	private final CallEnvironment environment;

	private final CandidateChain chain;

	private final PricedRequest request;

	private final Delivery delivery;

	private final Deadline deadline;

	private final Transcript transcript;

	AttemptStarter(CallEnvironment environment, CandidateChain chain, PricedRequest request, Delivery delivery,
			Deadline deadline, Transcript transcript) {
		this.environment = environment;
		this.chain = chain;
		this.request = request;
		this.delivery = delivery;
		this.deadline = deadline;
		this.transcript = transcript;
	}

	/** Starts a turn, or returns {@code null} if someone else took the permit. */
	@Nullable Turn turn(Plan plan, CallLog log) {
		AttemptRun run = start(plan, log.history(), log.history().nextNumber());
		if (run == null) {
			return null;
		}
		Flux<EndpointEvent> events = events(run, log);
		Duration hedgeDelay = hedgeDelay(plan);
		if (hedgeDelay == null) {
			return new Turn.Single(run, events.map((event) -> new RaceSignal.Received(run, event)));
		}
		boolean firstEndpoint = log.history().rung(plan.chosen()) == 1;
		return new HedgeRace(contender(run, events), () -> backup(plan, log),
				(failure) -> isFatal(failure, firstEndpoint), hedgeDelay, this.environment.scheduler());
	}

	private @Nullable Duration hedgeDelay(Plan plan) {
		HedgeSettings hedge = this.chain.settings().hedge();
		if (hedge == null || plan.followers().isEmpty() || this.request.load() == Load.BATCH) {
			return null;
		}
		this.environment.hedgeBudget().earn(hedge.maxRatio());
		if (hedge.delay() != null) {
			return hedge.delay();
		}
		long p95 = plan.chosen().experience().usualFirstContent();
		return (p95 < 0) ? null : Duration.ofNanos(p95);
	}

	private @Nullable Contender backup(Plan plan, CallLog log) {
		for (int index = 0; index < plan.followers().size(); index++) {
			Candidate follower = plan.followers().get(index);
			if (!follower.gate().needsProbe() && follower.availability(this.request).available()) {
				if (!this.environment.hedgeBudget().trySpend()) {
					return null;
				}
				AttemptRun run = start(plan.shiftedTo(index), log.history(), log.history().nextNumber() + 1);
				return (run != null) ? contender(run, events(run, log)) : null;
			}
		}
		return null;
	}

	private static Contender contender(AttemptRun run, Flux<EndpointEvent> events) {
		return new Contender(run, events, run.candidate().endpoint().breaker().failureThreshold());
	}

	private boolean isFatal(Failure failure, boolean firstEndpoint) {
		return switch (failure.kind().nextEndpoint()) {
			case AFTER_FIRST, ON_REQUEST -> !this.chain.settings().movesOnAfter(failure.kind(), firstEndpoint);
			default -> false;
		};
	}

	private @Nullable AttemptRun start(Plan plan, CallHistory history, int number) {
		Candidate candidate = plan.chosen();
		AttemptBudget budget = AttemptBudget.of(plan, history.rung(candidate), this.chain.settings(),
				this.request.request().options(), this.deadline.remainingNanos(), this.delivery);
		Continuation continuation = continuation(candidate);
		Reservation reservation = candidate.tryReserve(this.request);
		if (reservation == null) {
			return null;
		}
		Permit permit = candidate.gate().tryEnter(this.request.load());
		if (permit == null) {
			reservation.settle(BigDecimal.ZERO);
			return null;
		}
		Bill bill = new Bill(candidate.endpoint(), this.request, continuation, reservation);
		return new AttemptRun(number, candidate, new Admission(permit, bill), this.environment.clock(budget),
				this.environment.scheduler(), continuation);
	}

	private @Nullable Continuation continuation(Candidate candidate) {
		if (!this.transcript.holdsText()) {
			return null;
		}
		String delivered = this.transcript.text();
		long spent = this.transcript.tokens();
		return candidate.takesPrefill() ? Continuation.prefilled(this.request.request(), delivered, spent)
				: Continuation.instructed(this.request.request(), delivered,
						this.chain.settings().recovery().instruction(), spent);
	}

	private Flux<EndpointEvent> events(AttemptRun run, CallLog log) {
		boolean streaming = this.delivery != Delivery.WHOLE || run.candidate().endpoint().unaryAsStream();
		EndpointRequest request = new EndpointRequest(run.candidate().endpoint(), run.request(this.request.request()),
				streaming);
		return Flux.defer(() -> {
			AttemptTrace trace = log.attemptStarted(run);
			return run.events(request).contextWrite(trace::requestContext);
		});
	}

}
