// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.RequestRefusedException;

import org.springframework.http.HttpStatus;

/**
 * A call without an answer, explained to the user: what happened in plain words, and
 * which endpoints were tried. It quotes no provider.
 *
 * @param status the HTTP status for it
 * @param kind what happened, for programs
 * @param message what happened, for people
 * @param attempts everything that was tried, oldest first
 * @param skips the endpoints that were skipped
 */
record CallFailure(HttpStatus status, String kind, String message, List<AttemptView> attempts, List<SkipView> skips) {

	static CallFailure of(AiFallbackException ex) {
		if (ex instanceof NoEndpointAvailableException unavailable) {
			return new CallFailure(HttpStatus.SERVICE_UNAVAILABLE, "NO_ENDPOINT_AVAILABLE",
					"Every model is taking a break." + hint(unavailable.retryAfter()), ex);
		}
		if (ex instanceof DeadlineExceededException) {
			return new CallFailure(HttpStatus.GATEWAY_TIMEOUT, "DEADLINE_EXCEEDED",
					"No model answered in time. Please try again.", ex);
		}
		if (ex instanceof RequestRefusedException refused) {
			return new CallFailure(HttpStatus.BAD_GATEWAY, refused.kind().name(),
					"The model refused this message. Asking it differently may help.", ex);
		}
		return new CallFailure(HttpStatus.BAD_GATEWAY, "ALL_ENDPOINTS_FAILED",
				"No model could answer just now. Please try again in a moment.", ex);
	}

	private CallFailure(HttpStatus status, String kind, String message, AiFallbackException ex) {
		this(status, kind, message, AttemptView.of(ex.attempts()), SkipView.of(ex.skips()));
	}

	private static String hint(Optional<Duration> retryAfter) {
		return retryAfter.map((wait) -> " The next one may be asked in " + seconds(wait) + " s.").orElse("");
	}

	/** Rounded up, because a user who comes back too early is refused again. */
	static long seconds(Duration wait) {
		return Math.max(1, wait.plusMillis(999).toSeconds());
	}

}
