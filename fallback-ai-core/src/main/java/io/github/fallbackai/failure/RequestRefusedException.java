// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import org.jspecify.annotations.Nullable;

/**
 * A provider refused the request, and every other endpoint would refuse it too: the
 * request is invalid, too long for every model, or against policy.
 */
public class RequestRefusedException extends AiFallbackException {

	private final transient Failure failure;

	public RequestRefusedException(Failure failure, CallRecord record) {
		super("The request was refused (" + failure + "): " + record.describe(), record);
		this.failure = failure;
	}

	/** Why the request was refused. */
	public FailureKind kind() {
		return this.failure.kind();
	}

	/** The HTTP status, or {@code null} when the refusal came inside an answer. */
	public @Nullable Integer httpStatus() {
		return this.failure.httpStatus();
	}

	/** The provider's error code, or {@code null}. */
	public @Nullable String providerCode() {
		return this.failure.providerCode();
	}

	/**
	 * The provider's own words, which may quote the prompt, or {@code null}. Never log
	 * them by default.
	 */
	public @Nullable String providerMessage() {
		return this.failure.providerMessage();
	}

	/**
	 * The body in which the provider refused, as it came, or {@code null}. It may quote
	 * the prompt. Never log it.
	 */
	public @Nullable String providerBody() {
		return this.failure.providerBody();
	}

}
