// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * When an endpoint's circuit breaker opens and how it closes again. Immutable.
 */
public final class BreakerSettings {

	/**
	 * 3 failures in a row or 50 % of 20 calls, 10 s growing to 1 min, one probe in the
	 * background.
	 */
	public static final BreakerSettings DEFAULTS = new BreakerSettings(3, 50, 20, Duration.ofSeconds(10),
			Duration.ofMinutes(1), 1);

	/** The most calls that a window, and the probes of an opening, may have. */
	public static final int MOST_CALLS = 10_000;

	private final int failureThreshold;

	private final float failureRate;

	private final int window;

	private final Duration recoveryTimeout;

	private final Duration maxRecoveryTimeout;

	private final int halfOpenCalls;

	private final ProbeSettings probe;

	/**
	 * Settings with {@linkplain ProbeSettings#DEFAULTS standard probes}.
	 * @param failureThreshold consecutive failures that open it while traffic is low
	 * @param failureRate percentage of failures in the window that opens it at any
	 * traffic
	 * @param window number of calls in the sliding window
	 * @param recoveryTimeout how long the first opening of an outage lasts, and every
	 * further one at least
	 * @param maxRecoveryTimeout how long an opening lasts at most
	 * @param halfOpenCalls probes admitted after an opening, all of which are judged
	 * before the breaker closes or reopens
	 * @throws IllegalArgumentException for a value that makes no sense
	 * @see #builder()
	 */
	public BreakerSettings(int failureThreshold, float failureRate, int window, Duration recoveryTimeout,
			Duration maxRecoveryTimeout, int halfOpenCalls) {
		this(new BreakerSettingsBuilder(ProbeSettings.DEFAULTS).failureThreshold(failureThreshold)
			.failureRate(failureRate)
			.window(window)
			.recoveryTimeout(recoveryTimeout)
			.maxRecoveryTimeout(maxRecoveryTimeout)
			.halfOpenCalls(halfOpenCalls));
	}

	BreakerSettings(BreakerSettingsBuilder builder) {
		Bounds.positive("circuit-breaker.failure-threshold", builder.failureThreshold);
		requireCalls("circuit-breaker.window", builder.window);
		requireCalls("circuit-breaker.half-open-calls", builder.halfOpenCalls);
		Bounds.require(builder.failureRate > 0 && builder.failureRate <= 100, "circuit-breaker.failure-rate",
				builder.failureRate, "> 0 and <= 100");
		Bounds.positive("circuit-breaker.recovery-timeout", builder.recoveryTimeout);
		Bounds.require(builder.maxRecoveryTimeout.compareTo(builder.recoveryTimeout) >= 0,
				"circuit-breaker.max-recovery-timeout", builder.maxRecoveryTimeout, ">= the recovery-timeout");
		this.failureThreshold = builder.failureThreshold;
		this.failureRate = builder.failureRate;
		this.window = builder.window;
		this.recoveryTimeout = builder.recoveryTimeout;
		this.maxRecoveryTimeout = builder.maxRecoveryTimeout;
		this.halfOpenCalls = builder.halfOpenCalls;
		this.probe = builder.probe;
	}

	/** Starts with the {@linkplain #DEFAULTS defaults}. */
	public static BreakerSettingsBuilder builder() {
		return new BreakerSettingsBuilder(DEFAULTS);
	}

	/** Starts with everything that these settings have. */
	public BreakerSettingsBuilder toBuilder() {
		return new BreakerSettingsBuilder(this);
	}

	/** Consecutive failures that open it while traffic is low. */
	public int failureThreshold() {
		return this.failureThreshold;
	}

	/** Percentage of failures in the window that opens it at any traffic. */
	public float failureRate() {
		return this.failureRate;
	}

	/** Number of calls in the sliding window. */
	public int window() {
		return this.window;
	}

	/**
	 * How long the first opening of an outage lasts. A further one lasts a sixth of the
	 * outage's age, but at least three quarters of this.
	 */
	public Duration recoveryTimeout() {
		return this.recoveryTimeout;
	}

	/** How long an opening lasts at most. */
	public Duration maxRecoveryTimeout() {
		return this.maxRecoveryTimeout;
	}

	/**
	 * Probes admitted after an opening, all of which are judged before the breaker closes
	 * or reopens.
	 */
	public int halfOpenCalls() {
		return this.halfOpenCalls;
	}

	/** How it is found out whether the endpoint works again. */
	public ProbeSettings probe() {
		return this.probe;
	}

	private static void requireCalls(String setting, int value) {
		Bounds.positive(setting, value);
		Bounds.require(value <= MOST_CALLS, setting, value, "<= " + MOST_CALLS);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof BreakerSettings breakerSettings
				&& this.failureThreshold == breakerSettings.failureThreshold
				&& Float.compare(this.failureRate, breakerSettings.failureRate) == 0
				&& this.window == breakerSettings.window && this.recoveryTimeout.equals(breakerSettings.recoveryTimeout)
				&& this.maxRecoveryTimeout.equals(breakerSettings.maxRecoveryTimeout)
				&& this.halfOpenCalls == breakerSettings.halfOpenCalls && this.probe.equals(breakerSettings.probe);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.failureThreshold, this.failureRate, this.window, this.recoveryTimeout,
				this.maxRecoveryTimeout, this.halfOpenCalls, this.probe);
	}

	@Override
	public String toString() {
		return "BreakerSettings[failureThreshold=" + this.failureThreshold + ", failureRate=" + this.failureRate
				+ ", window=" + this.window + ", recoveryTimeout=" + this.recoveryTimeout + ", maxRecoveryTimeout="
				+ this.maxRecoveryTimeout + ", halfOpenCalls=" + this.halfOpenCalls + ", probe=" + this.probe + "]";
	}

}
