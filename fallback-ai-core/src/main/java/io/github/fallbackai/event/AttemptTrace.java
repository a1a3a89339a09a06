package io.github.fallbackai.event;

import io.github.fallbackai.failure.Attempt;
import reactor.util.context.Context;

/**
 * Accompanies one attempt. Exceptions are logged and harm no call.
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
	 * What the attempt's request is to know.
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
