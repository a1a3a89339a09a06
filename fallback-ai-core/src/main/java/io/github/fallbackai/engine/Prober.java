// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.math.BigDecimal;
import java.time.Duration;

import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.engine.resume.Continuation;
import io.github.fallbackai.engine.timing.AttemptBudget;
import io.github.fallbackai.engine.timing.Limit;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether endpoints work again, with a small request of its own: a greeting,
 * for one token of answer. It costs what such a request costs, and no call knows of it.
 */
final class Prober {

	/** Fixed, so that nothing of a caller ever goes to an endpoint that is not well. */
	static final ChatRequest REQUEST = ChatRequest.builder().user("Hi").maxTokens(1).build();

	private final CallEnvironment environment;

	Prober(CallEnvironment environment) {
		this.environment = environment;
	}

	/** Probes a candidate from now on whenever its gate says so. */
	void attach(Candidate candidate) {
		candidate.gate().probedBy(() -> probe(candidate));
	}

	private void probe(Candidate candidate) {
		AttemptRun run = start(candidate);
		if (run == null) {
			return;
		}
		EndpointRequest request = new EndpointRequest(candidate.endpoint(), REQUEST,
				candidate.endpoint().unaryAsStream());
		run.events(request).subscribe((event) -> {
		}, (error) -> failed(run, error), run::succeeded);
	}

	private @Nullable AttemptRun start(Candidate candidate) {
		PricedRequest request = new PricedRequest(REQUEST, this.environment.tokenEstimator());
		Reservation reservation = candidate.tryReserve(request);
		if (reservation == null) {
			return null;
		}
		Permit permit = candidate.gate().tryProbe();
		if (permit == null) {
			reservation.settle(BigDecimal.ZERO);
			return null;
		}
		Continuation whole = Continuation.none(REQUEST);
		Bill bill = new Bill(candidate.endpoint(), request, whole, reservation);
		AttemptEnd end = new AttemptEnd(candidate, permit, bill, (attempt, failure) -> this.environment.listeners()
			.onEvent(new FailoverEvent.EndpointProbed(candidate.name(), attempt, failure)));
		return new AttemptRun(1, end, this.environment.clock(budget(candidate)), whole);
	}

	private static AttemptBudget budget(Candidate candidate) {
		Limit firstContent = Limit.of(candidate.gate().probeLimit());
		return new AttemptBudget(firstContent, firstContent, Limit.of(candidate.endpoint().limits().idle()),
				Limit.of(candidate.gate().totalLimit()), Limit.of(candidate.gate().totalLimit()), Long.MAX_VALUE);
	}

	private void failed(AttemptRun run, Throwable error) {
		Failure failure = (error instanceof EndpointException exception) ? exception.failure()
				: Failure.of(FailureKind.LOCAL).cause(error).build();
		if (failure.kind() == FailureKind.EMPTY_RESPONSE && run.answer().finishedWith(FinishReason.LENGTH)) {
			// The one token was nothing to see, but the model generated it.
			run.permit().firstContent(Duration.ofNanos(run.clock().elapsed()));
			run.succeeded();
			return;
		}
		run.failed(failure);
	}

}
