// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;

/**
 * The exception that Resilience4j records. Applications may log or expose Resilience4j's
 * events, which show it. So it names only kind, status and code of the failure, never the
 * provider's words, and has no stack trace.
 */
public final class RecordedFailureException extends RuntimeException {

	private final FailureKind kind;

	RecordedFailureException(Failure failure) {
		super(failure.toString(), null, false, false);
		this.kind = failure.kind();
	}

	/** What went wrong. */
	public FailureKind kind() {
		return this.kind;
	}

}
