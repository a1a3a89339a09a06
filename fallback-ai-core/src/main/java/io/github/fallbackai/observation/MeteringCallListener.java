package io.github.fallbackai.observation;

import java.util.Locale;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.FailureKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls, attempts and other events. The sums agree, because every call and every
 * attempt is counted once, when it ends.
 */
public final class MeteringCallListener implements ImmediateCallListener {

	private static final String CHAIN = "chain";

	private static final String ENDPOINT = "endpoint";

	private static final String OUTCOME = "outcome";

	private final MeterRegistry registry;

	private final BoundedValues useCases = new BoundedValues();

	/**
	 * Creates the listener.
	 * @param registry where the counters are
	 */
	public MeteringCallListener(MeterRegistry registry) {
		this.registry = registry;
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
			count("skips", "Endpoints that were passed over", CHAIN, skipped.call().chain(), ENDPOINT,
					skipped.skip().endpoint(), "reason", word(skipped.skip().reason()));
		}
		else if (event instanceof FailoverEvent.Switched switched) {
			count("switches", "Switches to another endpoint within a call", CHAIN, switched.call().chain(), "from",
					switched.from().endpoint(), "to", switched.to());
		}
		else if (event instanceof FailoverEvent.Hedged hedged) {
			count("hedges", "Second requests because nothing came from the first", CHAIN, hedged.call().chain(),
					ENDPOINT, hedged.endpoint());
		}
		else if (event instanceof FailoverEvent.StreamBroken broken) {
			count("stream.recoveries", "Streams that broke after content, by what was done", CHAIN,
					broken.call().chain(), ENDPOINT, broken.attempt().endpoint(), "mode", word(broken.recovery()));
		}
		else if (event instanceof FailoverEvent.EndpointProbed probed) {
			probed(probed.attempt());
		}
		else if (event instanceof FailoverEvent.OfEndpoint change) {
			changed(change);
		}
	}

	private void attemptEnded(String chain, Attempt attempt) {
		count("attempts", "Requests to endpoints", CHAIN, chain, ENDPOINT, attempt.endpoint(), OUTCOME,
				word(attempt.outcome()), "error", word(attempt.failure()));
		cost(chain, attempt);
	}

	/** A probe belongs to no chain. */
	private void probed(Attempt attempt) {
		count("probes", "Background probes of endpoints whose breakers were open", ENDPOINT, attempt.endpoint(),
				OUTCOME, word(attempt.outcome()), "error", word(attempt.failure()));
		cost(BoundedValues.NONE, attempt);
	}

	private void cost(String chain, Attempt attempt) {
		Cost cost = attempt.cost();
		if (cost != null) {
			Counter.builder("fallback.ai.cost")
				.description("What requests to endpoints with a price cost, in the currency of the prices")
				.tags(CHAIN, chain, ENDPOINT, attempt.endpoint(), OUTCOME, word(attempt.outcome()), "estimated",
						String.valueOf(cost.estimated()))
				.register(this.registry)
				.increment(cost.amount().doubleValue());
		}
	}

	private void callEnded(FailoverEvent.CallEnded ended) {
		String endpoint = ended.endpoint();
		count("calls", "Calls", CHAIN, ended.call().chain(), ENDPOINT,
				(endpoint != null) ? endpoint : BoundedValues.NONE, OUTCOME, word(ended.outcome()), "degraded",
				String.valueOf(ended.degraded()), "use_case", this.useCases.of(ended.call().useCase()));
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
			state = word(controlled.action());
		}
		count("transitions", "Changes of an endpoint's state", ENDPOINT, event.endpoint(), "state", state, "cause",
				word(cause));
	}

	private void count(String name, String description, String... tags) {
		Counter.builder("fallback.ai." + name).description(description).tags(tags).register(this.registry).increment();
	}

	private static String word(@Nullable Enum<?> constant) {
		return (constant != null) ? constant.name().toLowerCase(Locale.ROOT) : BoundedValues.NONE;
	}

}
