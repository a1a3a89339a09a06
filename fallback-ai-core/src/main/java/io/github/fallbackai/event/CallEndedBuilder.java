// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.time.Duration;

import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.AttemptOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Collects a {@link FailoverEvent.CallEnded}. Not safe for use by several threads.
 */
public final class CallEndedBuilder {

	final CallInfo call;

	final AttemptOutcome outcome;

	@Nullable String endpoint;

	@Nullable String model;

	boolean degraded;

	int attempts;

	Duration duration = Duration.ZERO;

	@Nullable AiFallbackException exception;

	CallEndedBuilder(CallInfo call, AttemptOutcome outcome) {
		this.call = call;
		this.outcome = outcome;
	}

	/** The endpoint that gave the answer, {@code null} without an answer. */
	public CallEndedBuilder endpoint(@Nullable String endpoint) {
		this.endpoint = endpoint;
		return this;
	}

	/** The model that gave the answer, {@code null} without an answer. */
	public CallEndedBuilder model(@Nullable String model) {
		this.model = model;
		return this;
	}

	/** Whether another endpoint than the chain's first gave the answer. */
	public CallEndedBuilder degraded(boolean degraded) {
		this.degraded = degraded;
		return this;
	}

	/** Number of attempts. */
	public CallEndedBuilder attempts(int attempts) {
		this.attempts = attempts;
		return this;
	}

	/** From start to end, zero unless given. */
	public CallEndedBuilder duration(Duration duration) {
		this.duration = duration;
		return this;
	}

	/** Why there is no answer, {@code null} unless the call failed. */
	public CallEndedBuilder exception(@Nullable AiFallbackException exception) {
		this.exception = exception;
		return this;
	}

	/** Builds the event. */
	public FailoverEvent.CallEnded build() {
		return new FailoverEvent.CallEnded(this);
	}

}
