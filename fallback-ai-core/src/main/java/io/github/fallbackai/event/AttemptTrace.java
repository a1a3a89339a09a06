// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import io.github.fallbackai.failure.Attempt;
import reactor.util.context.Context;

/**
 * Accompanies one attempt. Its exceptions are logged and do not affect the call.
 */
public interface AttemptTrace {

	/** Does nothing. */
	AttemptTrace NONE = (attempt) -> {
	};

	/**
	 * The attempt ended.
	 * @param attempt how it ended
	 */
	void ended(Attempt attempt);

	/**
	 * Adds to the context of the attempt's request.
	 * @param context the call's context
	 * @return the context of the request
	 */
	default Context requestContext(Context context) {
		return context;
	}

	/**
	 * Runs an action, so that what it logs belongs to the attempt.
	 * @param action the action, which does not throw
	 */
	default void within(Runnable action) {
		action.run();
	}

}
