package io.github.fallbackai.event;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Skip;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened during a call or to an endpoint. Events hold no text of prompt,
 * answer or provider and no key, but for what {@link Failure#providerMessage()} returns,
 * which neither {@code toString()} nor JSON shows.
 */
public sealed interface FailoverEvent {

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
		@Nullable String origin();

	}

	/**
	 * An endpoint was passed over; told once for each endpoint and reason in a call.
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
	 * @param cause why it failed, {@code null} unless it did
	 */
	record AttemptEnded(CallInfo call, Attempt attempt, @JsonIgnore @Nullable Failure cause) implements OfCall {

		/** The end of an attempt whose cause is not known more closely. */
		public AttemptEnded(CallInfo call, Attempt attempt) {
			this(call, attempt, null);
		}

	}

	/**
	 * An answer broke off after the caller had received a part of it.
	 *
	 * @param call the call
	 * @param attempt the attempt that failed
	 * @param recovery what is done about it; {@link StreamRecovery#FAIL} if nothing can
	 * be
	 */
	record StreamBroken(CallInfo call, Attempt attempt, StreamRecovery recovery) implements OfCall {

	}

	/**
	 * Another endpoint takes over within a call.
	 *
	 * @param call the call
	 * @param from the attempt that failed
	 * @param to name of the endpoint that takes over
	 * @param model the model that takes over
	 * @param cause why that attempt failed, {@code null} if it is not known more closely
	 */
	record Switched(CallInfo call, Attempt from, String to, String model,
			@JsonIgnore @Nullable Failure cause) implements OfCall {

		/** A switch whose cause is not known more closely. */
		public Switched(CallInfo call, Attempt from, String to, String model) {
			this(call, from, to, model, null);
		}

	}

	/**
	 * A call ended.
	 *
	 * @param call the call
	 * @param outcome how it ended
	 * @param endpoint the endpoint that gave the answer, {@code null} without an answer
	 * @param model the model that gave the answer, {@code null} without an answer
	 * @param degraded whether another endpoint than the chain's first gave the answer
	 * @param attempts number of attempts
	 * @param duration from start to end
	 */
	record CallEnded(CallInfo call, AttemptOutcome outcome, @Nullable String endpoint, @Nullable String model,
			boolean degraded, int attempts, Duration duration) implements OfCall {

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

		/** A closing by this instance. */
		public EndpointClosed(String endpoint) {
			this(endpoint, null);
		}

	}

	/**
	 * An operator decided something about an endpoint.
	 *
	 * @param endpoint name of the endpoint
	 * @param action what was decided
	 * @param length for how long, {@code null} for good
	 * @param reason why, {@code null} if nobody said
	 * @param origin the instance where it was decided, {@code null} for this one
	 */
	record EndpointControlled(String endpoint, ControlAction action, @Nullable Duration length, @Nullable String reason,
			@Nullable String origin) implements OfEndpoint {

	}

}
