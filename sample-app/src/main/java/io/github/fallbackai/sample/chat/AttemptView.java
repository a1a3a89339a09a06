// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * One attempt as the HTTP API shows it, with times in milliseconds.
 */
record AttemptView(int number, String endpoint, String model, AttemptOutcome outcome, @Nullable FailureKind failure,
		@Nullable Integer httpStatus, @Nullable String providerCode, long durationMs,
		@Nullable Long timeToFirstContentMs) {

	static List<AttemptView> of(List<Attempt> attempts) {
		return attempts.stream().map(AttemptView::of).toList();
	}

	private static AttemptView of(Attempt attempt) {
		Duration firstContent = attempt.timeToFirstContent();
		return new AttemptView(attempt.number(), attempt.endpoint(), attempt.model(), attempt.outcome(),
				attempt.failure(), attempt.httpStatus(), attempt.providerCode(), attempt.duration().toMillis(),
				(firstContent != null) ? firstContent.toMillis() : null);
	}

}
