package io.github.fallbackai.breaker;

import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;

/**
 * What Resilience4j is given to record. Its events, which applications may log or expose,
 * show it: it names kind, status and code of the failure, holds nothing the provider
 * said, and has no stack trace.
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
