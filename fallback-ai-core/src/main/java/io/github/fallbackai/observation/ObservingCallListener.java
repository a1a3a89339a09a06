// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.github.fallbackai.event.CallInfo;
import io.github.fallbackai.event.CallTrace;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.TracingCallListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Observes every call and, as its children, its attempts. The caller's observation is
 * taken from the Reactor context or, outside of one, from the thread.
 */
public final class ObservingCallListener implements TracingCallListener {

	/** Where Micrometer keeps the current observation in a Reactor context. */
	static final String CURRENT_OBSERVATION = "micrometer.observation";

	private final CallObservationConvention standardCall = new DefaultCallObservationConvention();

	private final AttemptObservationConvention standardAttempt = new DefaultAttemptObservationConvention();

	private final AttemptObservationConvention standardDelegated = new DelegatedAttemptObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable ObservationConvention<CallObservationContext> callConvention;

	private final @Nullable ObservationConvention<AttemptObservationContext> attemptConvention;

	private final @Nullable ObservationConvention<AttemptObservationContext> delegatedConvention;

	/**
	 * Creates the listener.
	 * @param registry where observations go
	 * @param callConvention names and tags calls, {@code null} for the default
	 * @param attemptConvention names and tags attempts, {@code null} for the default
	 */
	public ObservingCallListener(ObservationRegistry registry, @Nullable CallObservationConvention callConvention,
			@Nullable AttemptObservationConvention attemptConvention) {
		this.registry = registry;
		this.callConvention = GuardedConvention.of(callConvention, this.standardCall);
		this.attemptConvention = GuardedConvention.of(attemptConvention, this.standardAttempt);
		this.delegatedConvention = GuardedConvention.of(attemptConvention, this.standardDelegated);
	}

	@Override
	public CallTrace callStarted(CallInfo call, ContextView context) {
		if (this.registry.isNoop()) {
			return CallTrace.NONE;
		}
		CallObservationContext observed = new CallObservationContext(call);
		Observation observation = FallbackObservations.CALL.observation(this.callConvention, this.standardCall,
				() -> observed, this.registry);
		return new ObservedCall(this, observed, startedUnder(parent(context), observation));
	}

	@Override
	public void onEvent(FailoverEvent event) {
		// Nothing to do: the trace of the call gets everything that it observes.
	}

	Observation start(AttemptObservationContext attempt, Observation call) {
		Observation observation = attempt.isDelegated()
				? FallbackObservations.ATTEMPT.observation(this.delegatedConvention, this.standardDelegated,
						() -> attempt, this.registry)
				: FallbackObservations.ATTEMPT.observation(this.attemptConvention, this.standardAttempt, () -> attempt,
						this.registry);
		return startedUnder(call, observation);
	}

	/**
	 * Runs an action in the scope of an observation, and leaves the thread as it was even
	 * if a handler throws.
	 */
	void within(Observation observation, Runnable action) {
		Observation.Scope before = this.registry.getCurrentObservationScope();
		try {
			observation.scoped(action);
		}
		finally {
			if (this.registry.getCurrentObservationScope() != before) {
				this.registry.setCurrentObservationScope(before);
			}
		}
	}

	private @Nullable Observation parent(ContextView context) {
		return context.<Observation>getOrEmpty(CURRENT_OBSERVATION).orElseGet(this.registry::getCurrentObservation);
	}

	static Observation startedUnder(@Nullable Observation parent, Observation observation) {
		Observation child = (parent != null) ? observation.parentObservation(parent) : observation;
		try {
			return child.start();
		}
		catch (RuntimeException | Error ex) {
			// Other handlers may have started it, and nothing else would stop it.
			child.stop();
			throw ex;
		}
	}

}
