// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.engine.resume.Continuation;
import io.github.fallbackai.engine.timing.AttemptBudget;
import io.github.fallbackai.engine.timing.AttemptClock;
import io.github.fallbackai.engine.timing.Limit;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An attempt ends once, and its request with it.
 */
class AttemptRunTests {

	private static final Continuation ORIGINAL = Continuation.none(ChatRequest.of("hello"));

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<String> log = new ArrayList<>();

	private final ScriptedEndpoint endpoint = new ScriptedEndpoint("a", this.log, this.time, UnaryOperator.identity())
		.hangs();

	private final List<AttemptOutcome> told = new ArrayList<>();

	private final AttemptRun run = run();

	@Test
	void whoComesSecondHasNothingToTell() {
		assertThat(this.run.abandoned(AttemptOutcome.CANCELLED)).isNotNull();
		assertThat(this.run.failed(Failure.of(FailureKind.SERVER_ERROR).build())).isNull();
		assertThat(this.run.succeeded()).isNull();
		assertThat(this.run.abandoned(AttemptOutcome.OVERTAKEN)).isNull();
		assertThat(this.log).containsExactly("a released");
		assertThat(this.told).containsExactly(AttemptOutcome.CANCELLED);
	}

	@Test
	void abandoningCancelsARequestWhoseSubscriberDoesNot() {
		subscribe();
		this.run.abandoned(AttemptOutcome.CANCELLED);
		assertThat(this.log).containsExactly("a called", "a cancelled", "a released");
	}

	@Test
	void sendsNoRequestForAnAttemptThatWasAbandonedBefore() {
		this.run.abandoned(AttemptOutcome.CANCELLED);
		subscribe();
		assertThat(this.log).containsExactly("a released");
	}

	private void subscribe() {
		this.run.events(new EndpointRequest(this.endpoint.endpoint(), ChatRequest.of("hello"), true)).subscribe();
	}

	private AttemptRun run() {
		AttemptBudget budget = new AttemptBudget(Limit.NONE, Limit.NONE, Limit.NONE, Limit.NONE, Limit.NONE,
				Long.MAX_VALUE);
		Bill bill = new Bill(this.endpoint.endpoint(), PricedRequest.neutral(), ORIGINAL, Reservation.NONE);
		AttemptEnd end = new AttemptEnd(this.endpoint.candidate(), this.endpoint.tryEnter(), bill,
				(attempt, failure) -> this.told.add(attempt.outcome()));
		return new AttemptRun(1, end, new AttemptClock(budget, this.time), ORIGINAL);
	}

}
