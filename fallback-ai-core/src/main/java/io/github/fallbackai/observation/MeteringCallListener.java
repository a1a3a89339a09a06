// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.FailureKind;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts calls, attempts and other events. The sums agree, because every call and every
 * attempt is counted once, when it ends.
 */
public final class MeteringCallListener implements ImmediateCallListener {

	private static final String CHAIN = "chain";

	private static final String ENDPOINT = "endpoint";

	private static final String OUTCOME = "outcome";

	private static final String ERROR = "error";

	private final Counters calls;

	private final Counters attempts;

	private final Counters probes;

	private final Counters skips;

	private final Counters switches;

	private final Counters hedges;

	private final Counters streamRecoveries;

	private final Counters transitions;

	private final Counters cost;

	private final BoundedValues useCases = new BoundedValues();

	/**
	 * Creates the listener.
	 * @param registry where the counters are
	 */
	public MeteringCallListener(MeterRegistry registry) {
		this.calls = new Counters(registry, "fallback.ai.calls", "Calls", CHAIN, ENDPOINT, OUTCOME, "degraded",
				"use_case");
		this.attempts = new Counters(registry, "fallback.ai.attempts", "Requests to endpoints", CHAIN, ENDPOINT,
				OUTCOME, ERROR);
		this.probes = new Counters(registry, "fallback.ai.probes",
				"Background probes of endpoints whose breakers were open", ENDPOINT, OUTCOME, ERROR);
		this.skips = new Counters(registry, "fallback.ai.skips", "Endpoints that were passed over", CHAIN, ENDPOINT,
				"reason");
		this.switches = new Counters(registry, "fallback.ai.switches", "Switches to another endpoint within a call",
				CHAIN, "from", "to");
		this.hedges = new Counters(registry, "fallback.ai.hedges",
				"Second requests because nothing came from the first", CHAIN, ENDPOINT);
		this.streamRecoveries = new Counters(registry, "fallback.ai.stream.recoveries",
				"Streams that broke after content, by what was done", CHAIN, ENDPOINT, "mode");
		this.transitions = new Counters(registry, "fallback.ai.transitions", "Changes of an endpoint's state", ENDPOINT,
				"state", "cause");
		this.cost = new Counters(registry, "fallback.ai.cost",
				"What requests to endpoints with a price cost, in the currency of the prices", CHAIN, ENDPOINT, OUTCOME,
				"estimated");
	}

	@Override
	public void onEvent(FailoverEvent event) {
		if (event instanceof FailoverEvent.AttemptEnded ended) {
			attemptEnded(ended.call().chain(), ended.attempt());
		}
		else if (event instanceof FailoverEvent.CallEnded ended) {
			callEnded(ended);
		}
		else if (event instanceof FailoverEvent.Skipped skipped) {
			this.skips.of(skipped.call().chain(), skipped.skip().endpoint(), Words.of(skipped.skip().reason()))
				.increment();
		}
		else if (event instanceof FailoverEvent.Switched switched) {
			this.switches.of(switched.call().chain(), switched.from().endpoint(), switched.to()).increment();
		}
		else if (event instanceof FailoverEvent.Hedged hedged) {
			this.hedges.of(hedged.call().chain(), hedged.endpoint()).increment();
		}
		else if (event instanceof FailoverEvent.StreamBroken broken) {
			this.streamRecoveries.of(broken.call().chain(), broken.attempt().endpoint(), Words.of(broken.recovery()))
				.increment();
		}
		else if (event instanceof FailoverEvent.EndpointProbed probed) {
			probed(probed.attempt());
		}
		else if (event instanceof FailoverEvent.OfEndpoint change) {
			changed(change);
		}
	}

	private void attemptEnded(String chain, Attempt attempt) {
		this.attempts.of(chain, attempt.endpoint(), Words.of(attempt.outcome()), Words.of(attempt.failure()))
			.increment();
		cost(chain, attempt);
	}

	/** A probe belongs to no chain. */
	private void probed(Attempt attempt) {
		this.probes.of(attempt.endpoint(), Words.of(attempt.outcome()), Words.of(attempt.failure())).increment();
		cost(BoundedValues.NONE, attempt);
	}

	private void cost(String chain, Attempt attempt) {
		Cost cost = attempt.cost();
		if (cost != null) {
			this.cost.of(chain, attempt.endpoint(), Words.of(attempt.outcome()), String.valueOf(cost.estimated()))
				.increment(cost.amount().doubleValue());
		}
	}

	private void callEnded(FailoverEvent.CallEnded ended) {
		String endpoint = ended.endpoint();
		this.calls
			.of(ended.call().chain(), (endpoint != null) ? endpoint : BoundedValues.NONE, Words.of(ended.outcome()),
					String.valueOf(ended.degraded()), this.useCases.of(ended.call().useCase()))
			.increment();
	}

	private void changed(FailoverEvent.OfEndpoint event) {
		String state = "recovered";
		FailureKind cause = null;
		if (event instanceof FailoverEvent.EndpointRefusing refusing) {
			state = "refusing";
			cause = refusing.cause();
		}
		else if (event instanceof FailoverEvent.EndpointAccepting) {
			state = "accepting";
		}
		else if (event instanceof FailoverEvent.EndpointOpened opened) {
			state = "opened";
			cause = opened.cause();
		}
		else if (event instanceof FailoverEvent.EndpointCooled cooled) {
			state = "cooled";
			cause = cooled.cause();
		}
		else if (event instanceof FailoverEvent.EndpointControlled controlled) {
			state = Words.of(controlled.action());
		}
		this.transitions.of(event.endpoint(), state, Words.of(cause)).increment();
	}

}
