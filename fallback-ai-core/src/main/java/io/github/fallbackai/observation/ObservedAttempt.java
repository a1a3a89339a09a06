// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.github.fallbackai.event.AttemptTrace;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.micrometer.observation.Observation;
import reactor.util.context.Context;

/**
 * The observation of one attempt. Its request finds it in the Reactor context.
 */
final class ObservedAttempt implements AttemptTrace {

	private final ObservingCallListener observations;

	private final AttemptObservationContext context;

	private final Observation observation;

	ObservedAttempt(ObservingCallListener observations, AttemptObservationContext context, Observation observation) {
		this.observations = observations;
		this.context = context;
		this.observation = observation;
	}

	@Override
	public Context requestContext(Context context) {
		return context.put(ObservingCallListener.CURRENT_OBSERVATION, this.observation);
	}

	@Override
	public void ended(Attempt attempt) {
		this.context.setAttempt(attempt);
		try {
			if (attempt.outcome() == AttemptOutcome.FAILED) {
				this.observation.error(new AttemptFailedException(attempt));
			}
		}
		finally {
			this.observation.stop();
		}
	}

	@Override
	public void within(Runnable action) {
		this.observations.within(this.observation, action);
	}

}
