package io.github.fallbackai.failure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint that was passed over, and why.
 *
 * @param endpoint name of the endpoint
 * @param reason why it was passed over
 * @param cause the failure it cools down from, {@code null} unless it is cooling down
 * @param remaining how long the reason will last, {@code null} if that is not a matter of
 * time
 */
public record Skip(String endpoint, SkipReason reason, @Nullable FailureKind cause, @Nullable Duration remaining) {

	/** Endpoint, reason and remaining time in a few words, for messages and logs. */
	public String describe() {
		StringBuilder text = new StringBuilder(this.endpoint).append(": ").append(this.reason);
		if (this.cause != null) {
			text.append(" (").append(this.cause).append(')');
		}
		if (this.remaining != null) {
			text.append(" for ").append(this.remaining.toMillis()).append(" ms");
		}
		return text.toString();
	}

}
