package io.github.fallbackai.failure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One request to one endpoint and how it ended. Holds no text of prompt, answer or
 * provider, and may be logged or serialized as it is.
 *
 * @param number position in the call, from 1
 * @param endpoint name of the endpoint
 * @param model model that answered as the provider named it, else the model asked for
 * @param outcome how it ended
 * @param failure what went wrong, {@code null} unless the outcome is a failure
 * @param httpStatus HTTP status received, {@code null} if none
 * @param providerCode the provider's error code, {@code null} if none
 * @param providerRequestId the provider's id of the request, {@code null} if unknown
 * @param duration from start to end
 * @param timeToFirstContent from start to the first thing the model generated,
 * {@code null} if nothing came
 * @param usage tokens the provider reported, {@code null} if unknown
 * @param cost what it cost, {@code null} if its endpoint has no price
 * @param reconnected whether the request had to be sent once more, because the server had
 * closed the pooled connection that it first went over
 */
public record Attempt(int number, String endpoint, String model, AttemptOutcome outcome, @Nullable FailureKind failure,
		@Nullable Integer httpStatus, @Nullable String providerCode, @Nullable String providerRequestId,
		Duration duration, @Nullable Duration timeToFirstContent, @Nullable Usage usage, @Nullable Cost cost,
		boolean reconnected) {

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

}
