// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.status;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Need;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Collects an {@link EndpointStatus}. Not safe for use by several threads.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class EndpointStatusBuilder {

	@Nullable String name;

	@Nullable String provider;

	@Nullable String model;

	boolean available = true;

	String circuitBreaker = "CLOSED";

	@Nullable SkipReason skipReason;

	@Nullable Duration skipRemaining;

	@Nullable FailureKind lastFailure;

	@Nullable Spending spending;

	boolean refusing;

	List<Need> unmetNeeds = List.of();

	EndpointStatusBuilder() {
	}

	EndpointStatusBuilder(EndpointStatus endpointStatus) {
		this.name = endpointStatus.name();
		this.provider = endpointStatus.provider();
		this.model = endpointStatus.model();
		this.available = endpointStatus.available();
		this.circuitBreaker = endpointStatus.circuitBreaker();
		this.skipReason = endpointStatus.skipReason();
		this.skipRemaining = endpointStatus.skipRemaining();
		this.lastFailure = endpointStatus.lastFailure();
		this.spending = endpointStatus.spending();
		this.refusing = endpointStatus.refusing();
		this.unmetNeeds = endpointStatus.unmetNeeds();
	}

	/** Name of the endpoint. */
	public EndpointStatusBuilder name(String name) {
		this.name = name;
		return this;
	}

	/** Kind of provider. */
	public EndpointStatusBuilder provider(String provider) {
		this.provider = provider;
		return this;
	}

	/** The model asked for. */
	public EndpointStatusBuilder model(String model) {
		this.model = model;
		return this;
	}

	/** Whether a call may try it now; it may unless this says otherwise. */
	public EndpointStatusBuilder available(boolean available) {
		this.available = available;
		return this;
	}

	/** State of its circuit breaker, {@code CLOSED} unless given. */
	public EndpointStatusBuilder circuitBreaker(String circuitBreaker) {
		this.circuitBreaker = circuitBreaker;
		return this;
	}

	/**
	 * Why it is skipped; or, if it is available, why calls try others first; {@code null}
	 * without a reason.
	 */
	public EndpointStatusBuilder skipReason(@Nullable SkipReason skipReason) {
		this.skipReason = skipReason;
		return this;
	}

	/** How long that reason lasts, {@code null} without one or if it is unknown. */
	public EndpointStatusBuilder skipRemaining(@Nullable Duration skipRemaining) {
		this.skipRemaining = skipRemaining;
		return this;
	}

	/** Its latest failure, {@code null} if it had none. */
	public EndpointStatusBuilder lastFailure(@Nullable FailureKind lastFailure) {
		this.lastFailure = lastFailure;
		return this;
	}

	/**
	 * What it cost in the present period, {@code null} if it has no limit; like times
	 * that remain, no part of what a version of the status stands for.
	 */
	public EndpointStatusBuilder spending(@Nullable Spending spending) {
		this.spending = spending;
		return this;
	}

	/** Whether it refused many different requests and answered none since. */
	public EndpointStatusBuilder refusing(boolean refusing) {
		this.refusing = refusing;
		return this;
	}

	/** What it said lately that it cannot do; nothing unless given. */
	public EndpointStatusBuilder unmetNeeds(List<Need> unmetNeeds) {
		this.unmetNeeds = unmetNeeds;
		return this;
	}

	/**
	 * Builds the status.
	 * @return the status
	 * @throws NullPointerException without name, provider, model
	 */
	public EndpointStatus build() {
		return new EndpointStatus(this);
	}

}
