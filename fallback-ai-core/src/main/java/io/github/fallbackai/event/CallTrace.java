// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import io.github.fallbackai.endpoint.Endpoint;

/**
 * Accompanies one call. Its exceptions are logged and do not affect the call.
 */
public interface CallTrace {

	/** Does nothing. */
	CallTrace NONE = new CallTrace() {

		@Override
		public AttemptTrace attemptStarted(int number, Endpoint endpoint) {
			return AttemptTrace.NONE;
		}

		@Override
		public void ended(FailoverEvent.CallEnded event) {
		}

	};

	/**
	 * An attempt of the call begins; two may run at a time.
	 * @param number position in the call, from 1
	 * @param endpoint the endpoint that it asks
	 * @return what accompanies the attempt
	 */
	AttemptTrace attemptStarted(int number, Endpoint endpoint);

	/**
	 * The call ended; its attempts may outlive it for a moment.
	 * @param event how it ended
	 */
	void ended(FailoverEvent.CallEnded event);

	/**
	 * Runs an action, so that what it logs belongs to the call.
	 * @param action the action, which does not throw
	 */
	default void within(Runnable action) {
		action.run();
	}

}
