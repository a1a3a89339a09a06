// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.ChoiceReason;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * Accompanies one attempt until its end.
 */
@FunctionalInterface
interface AttemptObserver {

	/**
	 * The attempt has ended. Called once.
	 * @param attempt how it ended
	 * @param failure how it failed, {@code null} if it did not
	 */
	void ended(Attempt attempt, @Nullable Failure failure);

	/**
	 * The call does not need the attempt any more, which goes on in the background.
	 * @param soFar the attempt as it stands
	 */
	default void watched(Attempt soFar) {
	}

	/** Why the endpoint was asked, {@code null} if no call asks it. */
	default @Nullable ChoiceReason choice() {
		return null;
	}

	/** Adds to the context of the attempt's request. */
	default Context requestContext(Context context) {
		return context;
	}

}
