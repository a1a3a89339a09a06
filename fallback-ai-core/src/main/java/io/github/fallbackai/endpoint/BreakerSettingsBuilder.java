package io.github.fallbackai.endpoint;

import java.time.Duration;

/**
 * Collects {@link BreakerSettings}. Not safe for use by several threads.
 */
public final class BreakerSettingsBuilder {

	private int failureThreshold;

	private float failureRate;

	private int window;

	private Duration recoveryTimeout;

	private Duration maxRecoveryTimeout;

	private int halfOpenCalls;

	BreakerSettingsBuilder(BreakerSettings settings) {
		this.failureThreshold = settings.failureThreshold();
		this.failureRate = settings.failureRate();
		this.window = settings.window();
		this.recoveryTimeout = settings.recoveryTimeout();
		this.maxRecoveryTimeout = settings.maxRecoveryTimeout();
		this.halfOpenCalls = settings.halfOpenCalls();
	}

	/** Consecutive failures that open it while traffic is low. */
	public BreakerSettingsBuilder failureThreshold(int failureThreshold) {
		this.failureThreshold = failureThreshold;
		return this;
	}

	/** Percentage of failures in the window that opens it at any traffic. */
	public BreakerSettingsBuilder failureRate(float failureRate) {
		this.failureRate = failureRate;
		return this;
	}

	/** Number of calls in the sliding window. */
	public BreakerSettingsBuilder window(int window) {
		this.window = window;
		return this;
	}

	/** How long the first opening lasts; every repeated opening doubles it. */
	public BreakerSettingsBuilder recoveryTimeout(Duration recoveryTimeout) {
		this.recoveryTimeout = recoveryTimeout;
		return this;
	}

	/** Upper bound of that doubling. */
	public BreakerSettingsBuilder maxRecoveryTimeout(Duration maxRecoveryTimeout) {
		this.maxRecoveryTimeout = maxRecoveryTimeout;
		return this;
	}

	/**
	 * Probes admitted after an opening, all of which are judged before the breaker closes
	 * or reopens.
	 */
	public BreakerSettingsBuilder halfOpenCalls(int halfOpenCalls) {
		this.halfOpenCalls = halfOpenCalls;
		return this;
	}

	/**
	 * Builds the settings.
	 * @return the settings
	 * @throws IllegalArgumentException for a value that makes no sense
	 */
	public BreakerSettings build() {
		return new BreakerSettings(this.failureThreshold, this.failureRate, this.window, this.recoveryTimeout,
				this.maxRecoveryTimeout, this.halfOpenCalls);
	}

}
