// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import io.github.fallbackai.failure.Failure;

/**
 * Carries a {@link Failure} through a reactive stream. It is expected and frequent, so it
 * has no stack trace of its own.
 */
public final class EndpointException extends RuntimeException {

	private final transient Failure failure;

	public EndpointException(Failure failure) {
		super(failure.toString(), failure.cause(), false, false);
		this.failure = failure;
	}

	/** What went wrong. */
	public Failure failure() {
		return this.failure;
	}

}
