package io.github.fallbackai.status;

import java.time.Duration;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * The present state of an endpoint.
 *
 * @param name name of the endpoint
 * @param provider kind of provider
 * @param model the model asked for
 * @param available whether a call may try it now
 * @param circuitBreaker state of its circuit breaker, for example {@code CLOSED}
 * @param skipReason why it is skipped, or, if it is available all the same, why others
 * are tried first; {@code null} without a reason
 * @param skipRemaining how long that reason lasts, {@code null} without one or if nobody
 * knows
 * @param lastFailure its latest failure, {@code null} if it had none
 * @param spending what it cost in the present period, {@code null} if it has no limit;
 * like times that remain, no part of what a version of the status stands for
 */
public record EndpointStatus(String name, String provider, String model, boolean available, String circuitBreaker,
		@Nullable SkipReason skipReason, @Nullable Duration skipRemaining, @Nullable FailureKind lastFailure,
		@Nullable Spending spending) {

	/** How long it still cools down, {@code null} if it does not. */
	public @Nullable Duration coolDownRemaining() {
		return (this.skipReason == SkipReason.COOLING_DOWN) ? this.skipRemaining : null;
	}

	/** The same state without what changes all the time. */
	EndpointStatus withoutTimes() {
		return new EndpointStatus(this.name, this.provider, this.model, this.available, this.circuitBreaker,
				this.skipReason, null, this.lastFailure, null);
	}

}
