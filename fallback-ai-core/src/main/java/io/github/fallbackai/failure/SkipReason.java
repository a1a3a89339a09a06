// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

/**
 * Why an endpoint was skipped without being called.
 */
public enum SkipReason {

	/** Its circuit breaker is open. */
	BREAKER_OPEN,

	/** Its circuit breaker is half-open and every probe place is taken. */
	PROBE_IN_PROGRESS,

	/** Its circuit breaker was open, and another instance probes it for all. */
	PROBE_ELSEWHERE,

	/**
	 * Its circuit breaker was open and is ready to be probed, which calls leave to a
	 * probe in the background while others can be asked.
	 */
	AWAITING_PROBE,

	/** An operator took it out of use. */
	DISABLED,

	/** It, or its account, cools down after a rate limit or a refusal. */
	COOLING_DOWN,

	/** It takes no more calls at a time, or no more calls of this urgency. */
	CONCURRENCY_LIMIT,

	/** A batch call waits for a cheaper endpoint instead of using this one. */
	KEPT_FROM_BATCH,

	/** The rest of the deadline is too short for it. */
	NOT_ENOUGH_TIME,

	/**
	 * Its context window is too small for the conversation, or not larger than a window
	 * that was too small.
	 */
	CONTEXT_WINDOW_TOO_SMALL,

	/**
	 * It serves another model, and the call needs the same one, or a model that must go
	 * on with the answer.
	 */
	OTHER_MODEL,

	/** The caller allows the chain's first endpoint only. */
	SWITCH_FORBIDDEN,

	/** It is not among the endpoints that the caller allows. */
	NOT_ALLOWED,

	/** It cannot do what the request needs: tools, vision or a JSON schema. */
	CAPABILITY_MISSING,

	/**
	 * It refused a request lately for a need that this one has too. It is asked when no
	 * other endpoint is left.
	 */
	NEED_UNMET,

	/** The request cannot be expressed in its provider's format. */
	UNSUPPORTED_REQUEST,

	/** The request would cost more there than the caller allows. */
	TOO_EXPENSIVE,

	/** The caller allows a certain cost only, and the endpoint has no price. */
	PRICE_UNKNOWN,

	/**
	 * Its spend limit for the present period is spent, or reserved by calls under way.
	 */
	SPEND_LIMIT_REACHED

}
