// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.EnumSet;
import java.util.Set;

import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt teaches about an endpoint, beside its health: which requests it
 * refuses.
 */
final class AttemptLessons {

	/** The kinds of failure with which an endpoint refuses the request itself. */
	private static final Set<FailureKind> REFUSALS = EnumSet.of(FailureKind.INVALID_REQUEST, FailureKind.UNSUPPORTED,
			FailureKind.REFUSED_UNEXPLAINED);

	private final CallState call;

	AttemptLessons(CallState call) {
		this.call = call;
	}

	void learn(Candidate candidate, Attempt attempt, @Nullable Failure failure) {
		// A limit of one caller's account says nothing about the endpoint.
		if (failure != null && REFUSALS.contains(failure.kind()) && failure.account() == null) {
			refused(candidate, failure);
		}
		else if (attempt.outcome() == AttemptOutcome.SUCCEEDED) {
			answered(candidate);
		}
	}

	private void refused(Candidate candidate, Failure failure) {
		if (candidate.refused(this.call.request(), failure)) {
			this.call.log().refusing(candidate, failure.kind());
		}
	}

	private void answered(Candidate candidate) {
		if (candidate.answered(this.call.request())) {
			this.call.log().accepting(candidate);
		}
		this.call.history().refusals().forEach((other, failure) -> {
			if (!other.equals(candidate) && other.answeredElsewhere()) {
				this.call.log().refusing(other, failure.kind());
			}
		});
	}

}
