// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import org.jspecify.annotations.Nullable;

/**
 * Collects an {@link Attempt}. Not safe for use by several threads.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class AttemptBuilder {

	int number = 1;

	@Nullable String endpoint;

	@Nullable String model;

	@Nullable AttemptOutcome outcome;

	@Nullable FailureKind failure;

	@Nullable Integer httpStatus;

	@Nullable String providerCode;

	@Nullable String providerRequestId;

	Duration duration = Duration.ZERO;

	@Nullable Duration timeToFirstContent;

	@Nullable Usage usage;

	@Nullable Cost cost;

	@Nullable Long tokens;

	boolean reconnected;

	List<String> corrections = List.of();

	@Nullable ChoiceReason choice;

	AttemptBuilder() {
	}

	AttemptBuilder(Attempt attempt) {
		this.number = attempt.number();
		this.endpoint = attempt.endpoint();
		this.model = attempt.model();
		this.outcome = attempt.outcome();
		this.failure = attempt.failure();
		this.httpStatus = attempt.httpStatus();
		this.providerCode = attempt.providerCode();
		this.providerRequestId = attempt.providerRequestId();
		this.duration = attempt.duration();
		this.timeToFirstContent = attempt.timeToFirstContent();
		this.usage = attempt.usage();
		this.cost = attempt.cost();
		this.tokens = attempt.tokens();
		this.reconnected = attempt.reconnected();
		this.corrections = attempt.corrections();
		this.choice = attempt.choice();
	}

	/** Position in the call, from 1, which is the default. */
	public AttemptBuilder number(int number) {
		this.number = number;
		return this;
	}

	/** Name of the endpoint. */
	public AttemptBuilder endpoint(String endpoint) {
		this.endpoint = endpoint;
		return this;
	}

	/** Model that answered as the provider named it, else the model asked for. */
	public AttemptBuilder model(String model) {
		this.model = model;
		return this;
	}

	/** How it ended. */
	public AttemptBuilder outcome(AttemptOutcome outcome) {
		this.outcome = outcome;
		return this;
	}

	/** What went wrong, {@code null} unless the outcome is a failure. */
	public AttemptBuilder failure(@Nullable FailureKind failure) {
		this.failure = failure;
		return this;
	}

	/** HTTP status received, {@code null} if none. */
	public AttemptBuilder httpStatus(@Nullable Integer httpStatus) {
		this.httpStatus = httpStatus;
		return this;
	}

	/** The provider's error code, {@code null} if none. */
	public AttemptBuilder providerCode(@Nullable String providerCode) {
		this.providerCode = providerCode;
		return this;
	}

	/** The provider's id of the request, {@code null} if unknown. */
	public AttemptBuilder providerRequestId(@Nullable String providerRequestId) {
		this.providerRequestId = providerRequestId;
		return this;
	}

	/** From start to end, zero unless given. */
	public AttemptBuilder duration(Duration duration) {
		this.duration = duration;
		return this;
	}

	/**
	 * From start to the first thing the model generated, {@code null} if nothing came.
	 */
	public AttemptBuilder timeToFirstContent(@Nullable Duration timeToFirstContent) {
		this.timeToFirstContent = timeToFirstContent;
		return this;
	}

	/** Tokens the provider reported, {@code null} if unknown. */
	public AttemptBuilder usage(@Nullable Usage usage) {
		this.usage = usage;
		return this;
	}

	/** What it cost, {@code null} if its endpoint has no price. */
	public AttemptBuilder cost(@Nullable Cost cost) {
		this.cost = cost;
		return this;
	}

	/**
	 * Tokens of the request and the answer, estimated if the provider did not report all
	 * of them. Unless given, those that it reported.
	 */
	public AttemptBuilder tokens(long tokens) {
		this.tokens = tokens;
		return this;
	}

	/**
	 * Whether the request had to be sent once more, because the server had closed the
	 * pooled connection that it first went over.
	 */
	public AttemptBuilder reconnected(boolean reconnected) {
		this.reconnected = reconnected;
		return this;
	}

	/** How the request was changed because the endpoint refused it; not unless set. */
	public AttemptBuilder corrections(List<String> corrections) {
		this.corrections = corrections;
		return this;
	}

	/** Why the endpoint was asked, {@code null} if unknown. */
	public AttemptBuilder choice(@Nullable ChoiceReason choice) {
		this.choice = choice;
		return this;
	}

	/**
	 * Builds the attempt.
	 * @return the attempt
	 * @throws NullPointerException without endpoint, model, outcome
	 */
	public Attempt build() {
		return new Attempt(this);
	}

}
