package io.github.fallbackai.endpoint;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * When an endpoint's circuit breaker opens and how it closes again. Immutable.
 */
public final class BreakerSettings {

	/** 3 failures in a row or 50 % of 20 calls, 30 s doubling to 5 min, one probe. */
	public static final BreakerSettings DEFAULTS = new BreakerSettings(3, 50, 20, Duration.ofSeconds(30),
			Duration.ofMinutes(5), 1);

	/** The most calls that a window, and the probes of an opening, may have. */
	public static final int MOST_CALLS = 10_000;

	private final int failureThreshold;

	private final float failureRate;

	private final int window;

	private final Duration recoveryTimeout;

	private final Duration maxRecoveryTimeout;

	private final int halfOpenCalls;

	/**
	 * @param failureThreshold consecutive failures that open it while traffic is low
	 * @param failureRate percentage of failures in the window that opens it at any
	 * traffic
	 * @param window number of calls in the sliding window
	 * @param recoveryTimeout how long the first opening lasts; every repeated opening
	 * doubles it
	 * @param maxRecoveryTimeout upper bound of that doubling
	 * @param halfOpenCalls probes admitted after an opening, all of which are judged
	 * before the breaker closes or reopens
	 * @throws IllegalArgumentException for a value that makes no sense
	 * @see #builder()
	 */
	public BreakerSettings(int failureThreshold, float failureRate, int window, Duration recoveryTimeout,
			Duration maxRecoveryTimeout, int halfOpenCalls) {
		Bounds.positive("circuit-breaker.failure-threshold", failureThreshold);
		requireCalls("circuit-breaker.window", window);
		requireCalls("circuit-breaker.half-open-calls", halfOpenCalls);
		Bounds.require(failureRate > 0 && failureRate <= 100, "circuit-breaker.failure-rate", failureRate,
				"> 0 and <= 100");
		Bounds.positive("circuit-breaker.recovery-timeout", recoveryTimeout);
		Bounds.require(maxRecoveryTimeout.compareTo(recoveryTimeout) >= 0, "circuit-breaker.max-recovery-timeout",
				maxRecoveryTimeout, ">= the recovery-timeout");
		this.failureThreshold = failureThreshold;
		this.failureRate = failureRate;
		this.window = window;
		this.recoveryTimeout = recoveryTimeout;
		this.maxRecoveryTimeout = maxRecoveryTimeout;
		this.halfOpenCalls = halfOpenCalls;
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

	/** How long the first opening lasts; every repeated opening doubles it. */
	public Duration recoveryTimeout() {
		return this.recoveryTimeout;
	}

	/** Upper bound of that doubling. */
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
				&& this.halfOpenCalls == breakerSettings.halfOpenCalls;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.failureThreshold, this.failureRate, this.window, this.recoveryTimeout,
				this.maxRecoveryTimeout, this.halfOpenCalls);
	}

	@Override
	public String toString() {
		return "BreakerSettings[failureThreshold=" + this.failureThreshold + ", failureRate=" + this.failureRate
				+ ", window=" + this.window + ", recoveryTimeout=" + this.recoveryTimeout + ", maxRecoveryTimeout="
				+ this.maxRecoveryTimeout + ", halfOpenCalls=" + this.halfOpenCalls + "]";
	}

}
