// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.status;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Need;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * The present state of an endpoint. Immutable.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class EndpointStatus {

	private final String name;

	private final String provider;

	private final String model;

	private final boolean available;

	private final String circuitBreaker;

	private final @Nullable SkipReason skipReason;

	private final @Nullable Duration skipRemaining;

	private final @Nullable FailureKind lastFailure;

	private final @Nullable Spending spending;

	private final boolean refusing;

	private final List<Need> unmetNeeds;

	EndpointStatus(EndpointStatusBuilder builder) {
		this.name = Objects.requireNonNull(builder.name, "name");
		this.provider = Objects.requireNonNull(builder.provider, "provider");
		this.model = Objects.requireNonNull(builder.model, "model");
		this.available = builder.available;
		this.circuitBreaker = builder.circuitBreaker;
		this.skipReason = builder.skipReason;
		this.skipRemaining = builder.skipRemaining;
		this.lastFailure = builder.lastFailure;
		this.spending = builder.spending;
		this.refusing = builder.refusing;
		this.unmetNeeds = List.copyOf(builder.unmetNeeds);
	}

	/** Starts a status. */
	public static EndpointStatusBuilder builder() {
		return new EndpointStatusBuilder();
	}

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	private static EndpointStatus read(EndpointStatusBuilder builder) {
		return builder.build();
	}

	/** Starts a status with everything that this one has. */
	public EndpointStatusBuilder toBuilder() {
		return new EndpointStatusBuilder(this);
	}

	/** Name of the endpoint. */
	public String name() {
		return this.name;
	}

	/** Kind of provider. */
	public String provider() {
		return this.provider;
	}

	/** The model asked for. */
	public String model() {
		return this.model;
	}

	/** Whether a call may try it now. */
	public boolean available() {
		return this.available;
	}

	/** State of its circuit breaker, for example {@code CLOSED}. */
	public String circuitBreaker() {
		return this.circuitBreaker;
	}

	/**
	 * Why it is skipped; or, if it is available, why calls try others first; {@code null}
	 * without a reason.
	 */
	public @Nullable SkipReason skipReason() {
		return this.skipReason;
	}

	/** How long that reason lasts, {@code null} without one or if it is unknown. */
	public @Nullable Duration skipRemaining() {
		return this.skipRemaining;
	}

	/** Its latest failure, {@code null} if it had none. */
	public @Nullable FailureKind lastFailure() {
		return this.lastFailure;
	}

	/**
	 * What it cost in the present period, {@code null} if it has no limit. Like remaining
	 * times, this can change without a new version of the status.
	 */
	public @Nullable Spending spending() {
		return this.spending;
	}

	/**
	 * Whether it refused many different requests in a row and answered none since: its
	 * account or its configuration is likely to be at fault. Calls still ask it.
	 */
	public boolean refusing() {
		return this.refusing;
	}

	/**
	 * What it said lately that it cannot do. Only requests that need one of these pass it
	 * over.
	 */
	public List<Need> unmetNeeds() {
		return this.unmetNeeds;
	}

	/** How long it still cools down, {@code null} if it does not. */
	public @Nullable Duration coolDownRemaining() {
		return (this.skipReason == SkipReason.COOLING_DOWN) ? this.skipRemaining : null;
	}

	/** The same state without the values that change all the time. */
	EndpointStatus withoutTimes() {
		return toBuilder().skipRemaining(null).spending(null).build();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof EndpointStatus endpointStatus && values().equals(endpointStatus.values());
	}

	@Override
	public int hashCode() {
		return values().hashCode();
	}

	private List<@Nullable Object> values() {
		return Arrays.asList(this.name, this.provider, this.model, this.available, this.circuitBreaker, this.skipReason,
				this.skipRemaining, this.lastFailure, this.spending, this.refusing, this.unmetNeeds);
	}

	@Override
	public String toString() {
		return "EndpointStatus[name=" + this.name + ", provider=" + this.provider + ", model=" + this.model
				+ ", available=" + this.available + ", circuitBreaker=" + this.circuitBreaker + ", skipReason="
				+ this.skipReason + ", skipRemaining=" + this.skipRemaining + ", lastFailure=" + this.lastFailure
				+ ", spending=" + this.spending + ", refusing=" + this.refusing + ", unmetNeeds=" + this.unmetNeeds
				+ "]";
	}

}
