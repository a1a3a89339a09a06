// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How long one attempt at an endpoint may take, phase by phase. Immutable.
 */
public final class AttemptLimits {

	/** The limits of an endpoint that sets none: 3 s, 15 s, 30 s and 10 min. */
	public static final AttemptLimits DEFAULTS = new AttemptLimits(Duration.ofSeconds(3), Duration.ofSeconds(15),
			Duration.ofSeconds(30), Duration.ofMinutes(10), false);

	private final Duration connect;

	private final Duration firstContent;

	private final Duration idle;

	private final Duration total;

	private final boolean firstContentExplicit;

	/**
	 * @param connect until the connection is established, and as long again until TLS is
	 * @param firstContent from the start of the attempt until the model generated
	 * anything
	 * @param idle between two pieces of generated content
	 * @param total for the whole attempt
	 * @param firstContentExplicit whether {@code firstContent} was set for this endpoint;
	 * an explicit limit wins over a chain's ladder of attempt timeouts
	 * @throws IllegalArgumentException for a value that makes no sense
	 * @see #builder()
	 */
	public AttemptLimits(Duration connect, Duration firstContent, Duration idle, Duration total,
			boolean firstContentExplicit) {
		this.connect = Bounds.positive("timeout.connect", connect);
		this.firstContent = Bounds.positive("timeout.first-content", firstContent);
		this.idle = Bounds.positive("timeout.idle", idle);
		this.total = Bounds.positive("timeout.total", total);
		this.firstContentExplicit = firstContentExplicit;
	}

	/** Starts with the {@linkplain #DEFAULTS defaults}. */
	public static AttemptLimitsBuilder builder() {
		return new AttemptLimitsBuilder(DEFAULTS);
	}

	/** Starts with everything that these limits have. */
	public AttemptLimitsBuilder toBuilder() {
		return new AttemptLimitsBuilder(this);
	}

	/** Until the connection is established, and as long again until TLS is. */
	public Duration connect() {
		return this.connect;
	}

	/** From the start of the attempt until the model generated anything. */
	public Duration firstContent() {
		return this.firstContent;
	}

	/** Between two pieces of generated content. */
	public Duration idle() {
		return this.idle;
	}

	/** For the whole attempt. */
	public Duration total() {
		return this.total;
	}

	/**
	 * Whether {@code firstContent} was set for this endpoint; an explicit limit wins over
	 * a chain's ladder of attempt timeouts.
	 */
	public boolean firstContentExplicit() {
		return this.firstContentExplicit;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AttemptLimits attemptLimits && this.connect.equals(attemptLimits.connect)
				&& this.firstContent.equals(attemptLimits.firstContent) && this.idle.equals(attemptLimits.idle)
				&& this.total.equals(attemptLimits.total)
				&& this.firstContentExplicit == attemptLimits.firstContentExplicit;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.connect, this.firstContent, this.idle, this.total, this.firstContentExplicit);
	}

	@Override
	public String toString() {
		return "AttemptLimits[connect=" + this.connect + ", firstContent=" + this.firstContent + ", idle=" + this.idle
				+ ", total=" + this.total + ", firstContentExplicit=" + this.firstContentExplicit + "]";
	}

}
