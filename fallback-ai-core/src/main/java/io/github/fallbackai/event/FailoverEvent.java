// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.OneLine;
import io.github.fallbackai.failure.Skip;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened during a call or to an endpoint. Events hold no key and no text
 * of a prompt, an answer or a provider. The only exception is
 * {@link Failure#providerMessage()}, which neither {@code toString()} nor JSON shows. A
 * later version may have more kinds of events. Code that distinguishes kinds has to
 * ignore those that it does not know.
 */
public sealed interface FailoverEvent permits FailoverEvent.OfCall, FailoverEvent.OfEndpoint, ToolEvent, DrillEvent {

	int LONGEST_NAME = 100;

	int LONGEST_REASON = 200;

	/**
	 * Something that happened during a call.
	 */
	sealed interface OfCall extends FailoverEvent {

		/** The call. */
		CallInfo call();

	}

	/**
	 * Something that happened to an endpoint.
	 */
	sealed interface OfEndpoint extends FailoverEvent {

		/** Name of the endpoint. */
		String endpoint();

		/** The instance where it happened first, {@code null} for this one. */
		default @Nullable String origin() {
			return null;
		}

	}

	/**
	 * A call skipped an endpoint; told once for each endpoint and reason in a call.
	 *
	 * @param call the call
	 * @param skip the endpoint and why
	 */
	record Skipped(CallInfo call, Skip skip) implements OfCall {

	}

	/**
	 * A second endpoint is asked because nothing came from the first for a while.
	 *
	 * @param call the call
	 * @param endpoint name of the second endpoint
	 */
	record Hedged(CallInfo call, String endpoint) implements OfCall {

	}

	/**
	 * An attempt ended.
	 *
	 * @param call the call
	 * @param attempt the attempt
	 * @param cause why it failed, {@code null} if it did not fail
	 */
	record AttemptEnded(CallInfo call, Attempt attempt, @JsonIgnore @Nullable Failure cause) implements OfCall {

		/** The end of an attempt, without the details of its failure. */
		public AttemptEnded(CallInfo call, Attempt attempt) {
			this(call, attempt, null);
		}

	}

	/**
	 * An answer broke off after the caller had received a part of it.
	 *
	 * @param call the call
	 * @param attempt the attempt that failed
	 * @param recovery how the call recovers; {@link StreamRecovery#FAIL} if it cannot
	 */
	record StreamBroken(CallInfo call, Attempt attempt, StreamRecovery recovery) implements OfCall {

	}

	/**
	 * Another endpoint takes over within a call.
	 */
	@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
	final class Switched implements OfCall {

		private final CallInfo call;

		private final Attempt from;

		private final String to;

		private final String model;

		@JsonIgnore
		private final @Nullable Failure cause;

		/** A switch, without the details of the failure. */
		public Switched(CallInfo call, Attempt from, String to, String model) {
			this(call, from, to, model, null);
		}

		/** A switch; the accessors say what is what. */
		public Switched(CallInfo call, Attempt from, String to, String model, @Nullable Failure cause) {
			this.call = call;
			this.from = from;
			this.to = to;
			this.model = model;
			this.cause = cause;
		}

		@Override
		public CallInfo call() {
			return this.call;
		}

		/** The attempt that failed. */
		public Attempt from() {
			return this.from;
		}

		/** Name of the endpoint that takes over. */
		public String to() {
			return this.to;
		}

		/** The model that takes over. */
		public String model() {
			return this.model;
		}

		/** Why that attempt failed, {@code null} if the details are not known. */
		public @Nullable Failure cause() {
			return this.cause;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Switched switched && this.call.equals(switched.call)
					&& this.from.equals(switched.from) && this.to.equals(switched.to)
					&& this.model.equals(switched.model) && Objects.equals(this.cause, switched.cause);
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.call, this.from, this.to, this.model, this.cause);
		}

		@Override
		public String toString() {
			return "Switched[call=" + this.call + ", from=" + this.from + ", to=" + this.to + ", model=" + this.model
					+ ", cause=" + this.cause + "]";
		}

	}

	/**
	 * A call ended.
	 */
	@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
	final class CallEnded implements OfCall {

		private final CallInfo call;

		private final AttemptOutcome outcome;

		private final @Nullable String endpoint;

		private final @Nullable String model;

		private final boolean degraded;

		private final int attempts;

		private final Duration duration;

		@JsonIgnore
		private final @Nullable AiFallbackException exception;

		CallEnded(CallEndedBuilder builder) {
			this.call = builder.call;
			this.outcome = builder.outcome;
			this.endpoint = builder.endpoint;
			this.model = builder.model;
			this.degraded = builder.degraded;
			this.attempts = builder.attempts;
			this.duration = builder.duration;
			this.exception = builder.exception;
		}

		/** Starts the end of a call. */
		public static CallEndedBuilder builder(CallInfo call, AttemptOutcome outcome) {
			return new CallEndedBuilder(call, outcome);
		}

		@Override
		public CallInfo call() {
			return this.call;
		}

		/** How it ended. */
		public AttemptOutcome outcome() {
			return this.outcome;
		}

		/** The endpoint that gave the answer, {@code null} without an answer. */
		public @Nullable String endpoint() {
			return this.endpoint;
		}

		/** The model that gave the answer, {@code null} without an answer. */
		public @Nullable String model() {
			return this.model;
		}

		/** Whether another endpoint than the chain's first gave the answer. */
		public boolean degraded() {
			return this.degraded;
		}

		/** Number of attempts. */
		public int attempts() {
			return this.attempts;
		}

		/** From start to end. */
		public Duration duration() {
			return this.duration;
		}

		/** Why there is no answer, {@code null} unless the call failed. */
		public @Nullable AiFallbackException exception() {
			return this.exception;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof CallEnded ended && values().equals(ended.values());
		}

		@Override
		public int hashCode() {
			return values().hashCode();
		}

		private List<@Nullable Object> values() {
			return Arrays.asList(this.call, this.outcome, this.endpoint, this.model, this.degraded, this.attempts,
					this.duration, this.exception);
		}

		@Override
		public String toString() {
			return "CallEnded[call=" + this.call + ", outcome=" + this.outcome + ", endpoint=" + this.endpoint
					+ ", model=" + this.model + ", degraded=" + this.degraded + ", attempts=" + this.attempts
					+ ", duration=" + this.duration + "]";
		}

	}

	/**
	 * An endpoint's circuit breaker opened: it is skipped until it may be probed.
	 *
	 * @param endpoint name of the endpoint
	 * @param cause the failure that opened it, {@code null} if it was opened from outside
	 * @param openFor how long it stays open
	 * @param origin the instance where it opened first, {@code null} for this one
	 */
	record EndpointOpened(String endpoint, @Nullable FailureKind cause, Duration openFor,
			@Nullable String origin) implements OfEndpoint {

		public EndpointOpened {
			origin = OneLine.of(origin, LONGEST_NAME);
		}

		/** An opening by this instance. */
		public EndpointOpened(String endpoint, @Nullable FailureKind cause, Duration openFor) {
			this(endpoint, cause, openFor, null);
		}

	}

	/**
	 * An endpoint cools down: it is skipped for a while.
	 *
	 * @param endpoint name of the endpoint
	 * @param cause what it cools down from
	 * @param coolFor how long it cools down
	 * @param origin the instance that was told to cool down, {@code null} for this one
	 */
	record EndpointCooled(String endpoint, FailureKind cause, Duration coolFor,
			@Nullable String origin) implements OfEndpoint {

		public EndpointCooled {
			origin = OneLine.of(origin, LONGEST_NAME);
		}

		/** A cool-down that began at this instance. */
		public EndpointCooled(String endpoint, FailureKind cause, Duration coolFor) {
			this(endpoint, cause, coolFor, null);
		}

	}

	/**
	 * An endpoint's circuit breaker closed again.
	 *
	 * @param endpoint name of the endpoint
	 * @param origin the instance where it closed first, {@code null} for this one
	 */
	record EndpointClosed(String endpoint, @Nullable String origin) implements OfEndpoint {

		public EndpointClosed {
			origin = OneLine.of(origin, LONGEST_NAME);
		}

		/** A closing by this instance. */
		public EndpointClosed(String endpoint) {
			this(endpoint, null);
		}

	}

	/**
	 * An endpoint refused many different requests and answered none in between. It is
	 * asked all the same. Told once, until it answers.
	 *
	 * @param endpoint name of the endpoint
	 * @param cause how it refused the latest request
	 */
	record EndpointRefusing(String endpoint, FailureKind cause) implements OfEndpoint {

	}

	/**
	 * An endpoint that refused everything answered a request.
	 *
	 * @param endpoint name of the endpoint
	 */
	record EndpointAccepting(String endpoint) implements OfEndpoint {

	}

	/**
	 * An endpoint was probed in the background. The attempt belongs to no call.
	 *
	 * @param endpoint name of the endpoint
	 * @param attempt what came of it, with its cost
	 * @param cause why it failed, {@code null} unless it did
	 */
	record EndpointProbed(String endpoint, Attempt attempt, @JsonIgnore @Nullable Failure cause) implements OfEndpoint {

	}

	/**
	 * An operator decided something about an endpoint.
	 *
	 * @param endpoint name of the endpoint
	 * @param action what was decided
	 * @param length for how long, {@code null} for good
	 * @param reason why, {@code null} if the operator did not say
	 * @param origin the instance where it was decided, {@code null} for this one
	 */
	record EndpointControlled(String endpoint, ControlAction action, @Nullable Duration length, @Nullable String reason,
			@Nullable String origin) implements OfEndpoint {

		/** Cleans what people and other instances wrote. */
		public EndpointControlled {
			reason = OneLine.of(reason, LONGEST_REASON);
			origin = OneLine.of(origin, LONGEST_NAME);
		}

	}

}
