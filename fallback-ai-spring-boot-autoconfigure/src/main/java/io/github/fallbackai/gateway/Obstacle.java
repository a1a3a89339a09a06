// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Skip;
import org.jspecify.annotations.Nullable;

/**
 * Why an endpoint did not answer, as far as it matters to a client.
 */
enum Obstacle {

	/** It was asked and failed. */
	FAILURE,

	/** It, or its account, has to wait until its provider takes requests again. */
	RATE_LIMIT,

	/** It may not be asked now for another reason. */
	OUTAGE,

	/** The request is nothing for it. */
	REQUEST;

	static @Nullable Obstacle of(Attempt attempt) {
		if (attempt.outcome() != AttemptOutcome.FAILED) {
			return null;
		}
		if (attempt.failure() == FailureKind.UNSUPPORTED) {
			return REQUEST;
		}
		return rateLimit(attempt.failure()) ? RATE_LIMIT : FAILURE;
	}

	static Obstacle of(Skip skip) {
		return switch (skip.reason()) {
			case COOLING_DOWN -> rateLimit(skip.cause()) ? RATE_LIMIT : OUTAGE;
			case CONTEXT_WINDOW_TOO_SMALL, OTHER_MODEL, SWITCH_FORBIDDEN, NOT_ALLOWED, CAPABILITY_MISSING, NEED_UNMET,
					UNSUPPORTED_REQUEST ->
				REQUEST;
			default -> OUTAGE;
		};
	}

	private static boolean rateLimit(@Nullable FailureKind kind) {
		return kind == FailureKind.RATE_LIMITED || kind == FailureKind.QUOTA_EXHAUSTED;
	}

}
