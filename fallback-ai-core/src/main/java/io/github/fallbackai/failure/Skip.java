// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.time.Duration;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that was skipped, and why.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class Skip {

	private final String endpoint;

	private final SkipReason reason;

	private final @Nullable FailureKind cause;

	private final @Nullable Duration remaining;

	private final @Nullable Need need;

	/**
	 * @param endpoint name of the endpoint
	 * @param reason why it was skipped
	 * @param cause the failure it cools down from, {@code null} unless it is cooling down
	 * @param remaining how long the reason will last, {@code null} if that is not a
	 * matter of time
	 */
	public Skip(String endpoint, SkipReason reason, @Nullable FailureKind cause, @Nullable Duration remaining) {
		this(endpoint, reason, cause, remaining, null);
	}

	@JsonCreator
	private Skip(@JsonProperty("endpoint") String endpoint, @JsonProperty("reason") SkipReason reason,
			@JsonProperty("cause") @Nullable FailureKind cause, @JsonProperty("remaining") @Nullable Duration remaining,
			@JsonProperty("need") @Nullable Need need) {
		this.endpoint = endpoint;
		this.reason = reason;
		this.cause = cause;
		this.remaining = remaining;
		this.need = need;
	}

	/**
	 * An endpoint that said lately that it cannot do what the request needs.
	 * @param endpoint name of the endpoint
	 * @param need what the request needs
	 * @param remaining for how long that is remembered
	 */
	public static Skip forNeed(String endpoint, Need need, Duration remaining) {
		return new Skip(endpoint, SkipReason.NEED_UNMET, null, remaining, need);
	}

	/** Name of the endpoint. */
	public String endpoint() {
		return this.endpoint;
	}

	/** Why it was skipped. */
	public SkipReason reason() {
		return this.reason;
	}

	/** The failure it cools down from, {@code null} unless it is cooling down. */
	public @Nullable FailureKind cause() {
		return this.cause;
	}

	/** How long the reason will last, {@code null} if that is not a matter of time. */
	public @Nullable Duration remaining() {
		return this.remaining;
	}

	/** What the request needs, {@code null} unless that is the reason. */
	public @Nullable Need need() {
		return this.need;
	}

	/** Endpoint, reason and remaining time in a few words, for messages and logs. */
	public String describe() {
		StringBuilder text = new StringBuilder(this.endpoint).append(": ").append(this.reason);
		if (this.cause != null) {
			text.append(" (").append(this.cause).append(')');
		}
		if (this.need != null) {
			text.append(" (").append(this.need).append(')');
		}
		if (this.remaining != null) {
			text.append(" for ").append(this.remaining.toMillis()).append(" ms");
		}
		return text.toString();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Skip skip && this.endpoint.equals(skip.endpoint) && this.reason.equals(skip.reason)
				&& Objects.equals(this.cause, skip.cause) && Objects.equals(this.remaining, skip.remaining)
				&& this.need == skip.need;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.endpoint, this.reason, this.cause, this.remaining, this.need);
	}

	@Override
	public String toString() {
		return "Skip[endpoint=" + this.endpoint + ", reason=" + this.reason + ", cause=" + this.cause + ", remaining="
				+ this.remaining + ((this.need != null) ? ", need=" + this.need : "") + "]";
	}

}
