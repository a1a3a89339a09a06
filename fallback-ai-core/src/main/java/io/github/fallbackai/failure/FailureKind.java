// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

/**
 * What went wrong in an attempt. Failures of one kind are handled in the same way. Each
 * kind says whether the breaker counts it, what cools down and whether the next endpoint
 * is asked.
 */
public enum FailureKind {

	/** Too many requests or tokens per time: 429. */
	RATE_LIMITED(false, CoolDownScope.ENDPOINT, NextEndpoint.YES),

	/**
	 * The account has no credit or quota left: 402, or 429 and 400 with a quota marker.
	 */
	QUOTA_EXHAUSTED(false, CoolDownScope.ACCOUNT, NextEndpoint.YES),

	/** The provider sheds load: 503, 529. */
	OVERLOADED(true, CoolDownScope.NONE, NextEndpoint.YES),

	/** The provider is broken: other 5xx. */
	SERVER_ERROR(true, CoolDownScope.NONE, NextEndpoint.YES),

	/** There was no connection; the request was certainly not sent. */
	CONNECT_FAILED(true, CoolDownScope.NONE, NextEndpoint.YES),

	/** The connection ended before the answer did. */
	CONNECTION_LOST(true, CoolDownScope.NONE, NextEndpoint.YES),

	/** The endpoint was too slow: a limit of the attempt passed, or 408. */
	TIMED_OUT(true, CoolDownScope.NONE, NextEndpoint.YES),

	/**
	 * Not an answer of this provider: HTML, a redirect, malformed or oversized content.
	 */
	INVALID_RESPONSE(true, CoolDownScope.NONE, NextEndpoint.YES),

	/** A success without text and without a tool call. */
	EMPTY_RESPONSE(true, CoolDownScope.NONE, NextEndpoint.YES),

	/** The key was refused: 401. */
	AUTHENTICATION(false, CoolDownScope.ACCOUNT, NextEndpoint.YES),

	/** The key may not do this: 403. */
	PERMISSION_DENIED(false, CoolDownScope.ENDPOINT, NextEndpoint.YES),

	/** The model does not exist here, or not any more: 404, 410. */
	MODEL_UNAVAILABLE(false, CoolDownScope.ENDPOINT, NextEndpoint.YES),

	/** The conversation does not fit into the model's context window. */
	CONTEXT_LENGTH_EXCEEDED(false, CoolDownScope.NONE, NextEndpoint.LARGER_WINDOW),

	/** The provider's policy refused prompt or answer. */
	CONTENT_FILTERED(false, CoolDownScope.NONE, NextEndpoint.ON_REQUEST),

	/**
	 * The model declined to answer, or the provider's policy cut its answer: 200. Only a
	 * failure if the configuration says so, an answer otherwise.
	 */
	REFUSED(false, CoolDownScope.NONE, NextEndpoint.ON_REQUEST),

	/** The caller's own check refused the answer. */
	REJECTED(false, CoolDownScope.NONE, NextEndpoint.YES),

	/**
	 * The provider refused the request and names what is wrong with it: 400 and 422.
	 */
	INVALID_REQUEST(false, CoolDownScope.NONE, NextEndpoint.AFTER_FIRST),

	/**
	 * This model or server cannot do what the request needs, but other endpoints may.
	 * {@link Failure#need()} tells what it needs.
	 */
	UNSUPPORTED(false, CoolDownScope.NONE, NextEndpoint.YES),

	/** The provider refused the request for a reason that no table knows: other 4xx. */
	REFUSED_UNEXPLAINED(false, CoolDownScope.NONE, NextEndpoint.SECOND_OPINION),

	/**
	 * This side failed: an exhausted connection pool, a request that cannot be encoded.
	 */
	LOCAL(false, CoolDownScope.NONE, NextEndpoint.YES);

	private final boolean countsAgainstBreaker;

	private final CoolDownScope coolDownScope;

	private final NextEndpoint nextEndpoint;

	FailureKind(boolean countsAgainstBreaker, CoolDownScope coolDownScope, NextEndpoint nextEndpoint) {
		this.countsAgainstBreaker = countsAgainstBreaker;
		this.coolDownScope = coolDownScope;
		this.nextEndpoint = nextEndpoint;
	}

	/**
	 * Whether the circuit breaker counts such a failure, provided that the endpoint is at
	 * fault.
	 */
	public boolean countsAgainstBreaker() {
		return this.countsAgainstBreaker;
	}

	/** What cools down after such a failure. */
	public CoolDownScope coolDownScope() {
		return this.coolDownScope;
	}

	/** Whether the next endpoint is asked after such a failure. */
	public NextEndpoint nextEndpoint() {
		return this.nextEndpoint;
	}

}
