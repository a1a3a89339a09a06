// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.event.AttemptTrace;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.ChoiceReason;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * One attempt of a call: the call records it and tells listeners when it ends. A watched
 * attempt is recorded when the call leaves it, and told when it ends.
 */
final class CallAttempt implements AttemptObserver {

	private final CallState call;

	private final Candidate candidate;

	private final AttemptTrace trace;

	private final AttemptLessons lessons;

	private final AtomicBoolean recorded = new AtomicBoolean();

	private volatile @Nullable AttemptRun run;

	CallAttempt(CallState call, int number, Candidate candidate) {
		this.call = call;
		this.candidate = candidate;
		this.trace = call.log().attemptStarted(number, candidate.endpoint());
		this.lessons = new AttemptLessons(call);
	}

	/** The attempt begins; it ends at once if the call is over. */
	void begin(AttemptRun run) {
		this.run = run;
		this.call.end().began(this);
	}

	/** The call is over. */
	void abandon() {
		AttemptRun current = this.run;
		if (current != null) {
			current.abandoned(AttemptOutcome.CANCELLED);
		}
	}

	@Override
	public ChoiceReason choice() {
		return this.call.order().choice(this.candidate);
	}

	@Override
	public void watched(Attempt soFar) {
		if (this.recorded.compareAndSet(false, true)) {
			record(soFar, null);
			this.call.end().left(this);
		}
	}

	@Override
	public void ended(Attempt attempt, @Nullable Failure failure) {
		if (!this.recorded.compareAndSet(false, true)) {
			this.call.log().attemptEnded(this.trace, attempt, failure);
			return;
		}
		try {
			record(attempt, failure);
			this.call.log().attemptEnded(this.trace, attempt, failure);
			this.lessons.learn(this.candidate, attempt, failure);
		}
		finally {
			this.call.end().left(this);
		}
	}

	private void record(Attempt attempt, @Nullable Failure failure) {
		AttemptRun current = this.run;
		this.call.history().record(this.candidate, attempt, failure, current != null && current.sent());
	}

	@Override
	public Context requestContext(Context context) {
		return this.trace.requestContext(context);
	}

}
