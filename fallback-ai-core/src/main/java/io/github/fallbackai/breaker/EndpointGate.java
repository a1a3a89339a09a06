// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.chat.Load;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The gate before one endpoint. Safe for use by several threads.
 */
public interface EndpointGate {

	/**
	 * Tells whether the endpoint may be tried now, without any side effect.
	 * @param load how urgent the call is
	 * @return whether it may be tried, and if not, why
	 */
	Availability check(Load load);

	/** Tells whether an interactive call may try the endpoint now. */
	default Availability check() {
		return check(Load.INTERACTIVE);
	}

	/**
	 * Takes a permit.
	 * @param load how urgent the call is
	 * @return the permit, or {@code null} if the endpoint may not be tried any more
	 */
	@Nullable Permit tryEnter(Load load);

	/** Takes a permit for an interactive call. */
	default @Nullable Permit tryEnter() {
		return tryEnter(Load.INTERACTIVE);
	}

	/**
	 * The share of its usual calls that an endpoint should get. For a while after its
	 * breaker closed, it is less than 1, if other endpoints share its calls.
	 * @return from 0 to 1
	 */
	default double usableShare() {
		return 1;
	}

	/**
	 * How long a whole attempt may take, as the endpoint's registered time limiter says.
	 */
	Duration totalLimit();

	/**
	 * Whether the next permit would be a probe: the endpoint was open and has not proved
	 * itself since.
	 */
	boolean needsProbe();

	/**
	 * A call would prefer this endpoint to the one that it asks. The only effect is that
	 * this endpoint is probed in the background, or the right to probe it is requested,
	 * when the time has come.
	 */
	default void wanted() {
	}

	/**
	 * Leaves the probes to an action, if the endpoint is to be probed in the background.
	 * @param prober called, on a thread of the gates' scheduler, when a probe is due and
	 * calls wanted the endpoint lately; sends one if it gets a {@linkplain #tryProbe()
	 * permit}
	 */
	default void probedBy(Runnable prober) {
	}

	/**
	 * Takes a permit for a probe that no call makes.
	 * @return the permit, or {@code null} if no probe is due
	 */
	default @Nullable Permit tryProbe() {
		return null;
	}

	/** How long a probe that no call makes may take to its first content. */
	default Duration probeLimit() {
		return totalLimit();
	}

	/**
	 * Waits until it is clear whether this instance may probe the endpoint.
	 * @return completes at once if no answer is outstanding, and soon in any case
	 */
	default Mono<Void> probeDecision() {
		return Mono.empty();
	}

	/**
	 * How much operators prefer the endpoint.
	 * @return 0 if they do not; of several endpoints, the one with the greatest number
	 * comes first
	 */
	default int preference() {
		return 0;
	}

	/**
	 * State of the circuit breaker, for example {@code CLOSED}; {@code OPEN} until the
	 * wait is over, then {@code READY_TO_BE_PROBED}.
	 */
	String circuitBreaker();

	/** The latest failure of the endpoint, {@code null} if it had none. */
	@Nullable FailureKind lastFailure();

}
