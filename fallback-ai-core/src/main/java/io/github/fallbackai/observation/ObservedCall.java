// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.AttemptTrace;
import io.github.fallbackai.event.CallTrace;
import io.github.fallbackai.event.FailoverEvent;
import io.micrometer.observation.Observation;

/**
 * The observation of one call, the parent of the observations of its attempts.
 */
final class ObservedCall implements CallTrace {

	private final ObservingCallListener observations;

	private final CallObservationContext context;

	private final Observation observation;

	ObservedCall(ObservingCallListener observations, CallObservationContext context, Observation observation) {
		this.observations = observations;
		this.context = context;
		this.observation = observation;
	}

	@Override
	public AttemptTrace attemptStarted(int number, Endpoint endpoint) {
		AttemptObservationContext attempt = new AttemptObservationContext(this.context.getCall(), number, endpoint);
		return new ObservedAttempt(this.observations, attempt, this.observations.start(attempt, this.observation));
	}

	@Override
	public void ended(FailoverEvent.CallEnded event) {
		this.context.setEnd(event);
		this.observation.stop();
	}

	@Override
	public void within(Runnable action) {
		this.observations.within(this.observation, action);
	}

}
