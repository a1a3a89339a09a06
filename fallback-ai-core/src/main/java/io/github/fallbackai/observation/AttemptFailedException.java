// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.github.fallbackai.failure.Attempt;

/**
 * Tells an observation of a failed attempt: kind, status and code. It has neither cause
 * nor stack trace, because these could quote the request.
 */
final class AttemptFailedException extends RuntimeException {

	AttemptFailedException(Attempt attempt) {
		super(attempt.describe(), null, false, false);
	}

}
