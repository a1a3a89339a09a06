package io.github.fallbackai.observation;

import io.github.fallbackai.failure.Attempt;

/**
 * What an observation is told of a failed attempt: kind, status and code. It has neither
 * cause nor stack trace, since those could quote what was sent.
 */
final class AttemptFailedException extends RuntimeException {

	AttemptFailedException(Attempt attempt) {
		super(attempt.describe(), null, false, false);
	}

}
