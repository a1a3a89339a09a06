// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One request to one endpoint and how it ended. Holds no text of prompt, answer or
 * provider, and may be logged or serialized as it is. Immutable.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class Attempt {

	private final int number;

	private final String endpoint;

	private final String model;

	private final AttemptOutcome outcome;

	private final @Nullable FailureKind failure;

	private final @Nullable Integer httpStatus;

	private final @Nullable String providerCode;

	private final @Nullable String providerRequestId;

	private final Duration duration;

	private final @Nullable Duration timeToFirstContent;

	private final @Nullable Usage usage;

	private final @Nullable Cost cost;

	private final long tokens;

	private final boolean reconnected;

	private final List<String> corrections;

	@JsonInclude(JsonInclude.Include.NON_NULL)
	private final @Nullable ChoiceReason choice;

	Attempt(AttemptBuilder builder) {
		this.number = builder.number;
		this.endpoint = Objects.requireNonNull(builder.endpoint, "endpoint");
		this.model = Objects.requireNonNull(builder.model, "model");
		this.outcome = Objects.requireNonNull(builder.outcome, "outcome");
		this.failure = builder.failure;
		this.httpStatus = builder.httpStatus;
		this.providerCode = builder.providerCode;
		this.providerRequestId = builder.providerRequestId;
		this.duration = builder.duration;
		this.timeToFirstContent = builder.timeToFirstContent;
		this.usage = builder.usage;
		this.cost = builder.cost;
		long reported = (builder.usage != null) ? builder.usage.totalTokens() : 0;
		this.tokens = (builder.tokens != null) ? builder.tokens : reported;
		this.reconnected = builder.reconnected;
		this.corrections = List.copyOf(builder.corrections);
		this.choice = builder.choice;
	}

	/** Starts an attempt. */
	public static AttemptBuilder builder() {
		return new AttemptBuilder();
	}

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	private static Attempt read(AttemptBuilder builder) {
		return builder.build();
	}

	/** Starts an attempt with everything that this one has. */
	public AttemptBuilder toBuilder() {
		return new AttemptBuilder(this);
	}

	/** Position in the call, from 1. */
	public int number() {
		return this.number;
	}

	/** Name of the endpoint. */
	public String endpoint() {
		return this.endpoint;
	}

	/** Model that answered as the provider named it, else the model asked for. */
	public String model() {
		return this.model;
	}

	/** How it ended. */
	public AttemptOutcome outcome() {
		return this.outcome;
	}

	/** What went wrong, {@code null} unless the outcome is a failure. */
	public @Nullable FailureKind failure() {
		return this.failure;
	}

	/** HTTP status received, {@code null} if none. */
	public @Nullable Integer httpStatus() {
		return this.httpStatus;
	}

	/** The provider's error code, {@code null} if none. */
	public @Nullable String providerCode() {
		return this.providerCode;
	}

	/** The provider's id of the request, {@code null} if unknown. */
	public @Nullable String providerRequestId() {
		return this.providerRequestId;
	}

	/** From start to end. */
	public Duration duration() {
		return this.duration;
	}

	/**
	 * From start to the first thing the model generated, {@code null} if nothing came.
	 */
	public @Nullable Duration timeToFirstContent() {
		return this.timeToFirstContent;
	}

	/** Tokens the provider reported, {@code null} if unknown. */
	public @Nullable Usage usage() {
		return this.usage;
	}

	/** What it cost, {@code null} if its endpoint has no price. */
	public @Nullable Cost cost() {
		return this.cost;
	}

	/**
	 * Tokens of the request and the answer: those that the provider reported. They are
	 * estimated if it reported none, or if the answer is not complete. 0 if the request
	 * was not processed.
	 */
	public long tokens() {
		return this.tokens;
	}

	/**
	 * Whether the request had to be sent once more, because the server had closed the
	 * pooled connection that it first went over.
	 */
	public boolean reconnected() {
		return this.reconnected;
	}

	/**
	 * How the request was changed because the endpoint refused it as it was, in a few
	 * words each, oldest first: a parameter left out, a limit lowered, an answer asked
	 * for in one piece.
	 */
	public List<String> corrections() {
		return this.corrections;
	}

	/** Why the endpoint was asked, {@code null} if unknown. */
	public @Nullable ChoiceReason choice() {
		return this.choice;
	}

	/** Endpoint, outcome and duration in a few words, for messages and logs. */
	public String describe() {
		StringBuilder text = new StringBuilder(this.endpoint).append(": ");
		text.append((this.failure != null) ? this.failure : this.outcome);
		if (this.httpStatus != null) {
			text.append(" HTTP ").append(this.httpStatus);
		}
		if (this.providerCode != null) {
			text.append(' ').append(this.providerCode);
		}
		return text.append(" after ").append(this.duration.toMillis()).append(" ms").toString();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Attempt attempt && values().equals(attempt.values());
	}

	@Override
	public int hashCode() {
		return values().hashCode();
	}

	private List<@Nullable Object> values() {
		return Arrays.asList(this.number, this.endpoint, this.model, this.outcome, this.failure, this.httpStatus,
				this.providerCode, this.providerRequestId, this.duration, this.timeToFirstContent, this.usage,
				this.cost, this.tokens, this.reconnected, this.corrections, this.choice);
	}

	@Override
	public String toString() {
		return "Attempt[number=" + this.number + ", endpoint=" + this.endpoint + ", model=" + this.model + ", outcome="
				+ this.outcome + ", failure=" + this.failure + ", httpStatus=" + this.httpStatus + ", providerCode="
				+ this.providerCode + ", providerRequestId=" + this.providerRequestId + ", duration=" + this.duration
				+ ", timeToFirstContent=" + this.timeToFirstContent + ", usage=" + this.usage + ", cost=" + this.cost
				+ ", tokens=" + this.tokens + ", reconnected=" + this.reconnected + ", corrections=" + this.corrections
				+ ", choice=" + this.choice + "]";
	}

}
