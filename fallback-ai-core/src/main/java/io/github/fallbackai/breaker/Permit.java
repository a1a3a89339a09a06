// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.failure.Failure;

/**
 * Allows one attempt at an endpoint. It must be closed exactly once, as succeeded, failed
 * or released. A later close has no effect. If the breaker changed its state since the
 * permit was taken, the outcome is dropped, so that an old outcome never counts in a new
 * phase. Safe for use by several threads.
 */
public interface Permit {

	/** Whether this is a probe of an endpoint that was open. */
	boolean probe();

	/**
	 * The model generated its first content. A probe succeeds here. Only the first call
	 * has an effect.
	 * @param timeToFirstContent from the start of the attempt
	 */
	void firstContent(Duration timeToFirstContent);

	/**
	 * The endpoint said that this request used up its rate limit. Calls try it after all
	 * others until the limit is renewed.
	 * @param renewedIn how long until then; bounded by the longest cool-down that a
	 * provider may ask for
	 */
	default void exhausted(Duration renewedIn) {
	}

	/**
	 * The attempt gave a complete answer.
	 */
	void succeeded();

	/**
	 * The attempt failed; counts against the breaker and starts a cool-down as the
	 * failure says.
	 * @param failure what went wrong
	 */
	void failed(Failure failure);

	/**
	 * The attempt ended without a verdict on the endpoint, for example by cancellation; a
	 * probe's place is free again.
	 */
	void released();

}
