// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.time.Duration;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.status.EndpointStatus;
import org.jspecify.annotations.Nullable;

/**
 * One provider as the panel shows it.
 *
 * @param name name of the endpoint
 * @param model the model asked for
 * @param mode how the simulator behaves, {@code null} for a real provider
 * @param circuitBreaker state of the breaker, for example {@code CLOSED}
 * @param available whether the next call may use it
 * @param skipReason why it is skipped, {@code null} if it is not
 * @param skipRemainingMs how long it is still skipped, {@code null} if it is not or that
 * is not known
 * @param lastFailure its latest failure, {@code null} if it had none
 * @param requests requests that really reached it, {@code null} for a real provider
 * @param active whether the next call would use it
 */
record ProviderView(String name, String model, @Nullable ChaosMode mode, String circuitBreaker, boolean available,
		@Nullable SkipReason skipReason, @Nullable Long skipRemainingMs, @Nullable FailureKind lastFailure,
		@Nullable Integer requests, boolean active) {

	static ProviderView of(EndpointStatus status, @Nullable SimulatedProvider simulated, boolean active) {
		Duration remaining = status.skipRemaining();
		return new ProviderView(status.name(), status.model(), (simulated != null) ? simulated.mode() : null,
				status.circuitBreaker(), status.available(), status.skipReason(),
				(remaining != null) ? remaining.toMillis() : null, status.lastFailure(),
				(simulated != null) ? simulated.requests() : null, active);
	}

}
