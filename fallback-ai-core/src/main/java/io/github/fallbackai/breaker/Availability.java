// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Whether an endpoint may be tried now.
 *
 * @param skipReason why it may not, {@code null} if it may
 * @param cause the failure it cools down from, {@code null} unless it does
 * @param remaining how long the reason lasts, {@code null} if unknown or if the endpoint
 * may be tried
 * @param soft whether it may still be tried if no other endpoint is left
 */
public record Availability(@Nullable SkipReason skipReason, @Nullable FailureKind cause, @Nullable Duration remaining,
		boolean soft) {

	/** The endpoint may be tried. */
	public static final Availability AVAILABLE = new Availability(null, null, null, false);

	/** An endpoint that may not be tried, even if no other is left. */
	public Availability(@Nullable SkipReason skipReason, @Nullable FailureKind cause, @Nullable Duration remaining) {
		this(skipReason, cause, remaining, false);
	}

	/** Whether the endpoint may be tried. */
	public boolean available() {
		return this.skipReason == null;
	}

}
