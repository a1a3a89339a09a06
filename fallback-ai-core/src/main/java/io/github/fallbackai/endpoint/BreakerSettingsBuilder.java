// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.time.Duration;

/**
 * Collects {@link BreakerSettings}. Not safe for use by several threads.
 */
public final class BreakerSettingsBuilder {

	int failureThreshold;

	float failureRate;

	int window;

	Duration recoveryTimeout = Duration.ZERO;

	Duration maxRecoveryTimeout = Duration.ZERO;

	int halfOpenCalls;

	ProbeSettings probe;

	BreakerSettingsBuilder(ProbeSettings probe) {
		this.probe = probe;
	}

	BreakerSettingsBuilder(BreakerSettings settings) {
		this.failureThreshold = settings.failureThreshold();
		this.failureRate = settings.failureRate();
		this.window = settings.window();
		this.recoveryTimeout = settings.recoveryTimeout();
		this.maxRecoveryTimeout = settings.maxRecoveryTimeout();
		this.halfOpenCalls = settings.halfOpenCalls();
		this.probe = settings.probe();
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

	/**
	 * How long the first opening of an outage lasts. A further one lasts a sixth of the
	 * outage's age, but at least three quarters of this.
	 */
	public BreakerSettingsBuilder recoveryTimeout(Duration recoveryTimeout) {
		this.recoveryTimeout = recoveryTimeout;
		return this;
	}

	/** How long an opening lasts at most. */
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

	/** How it is found out whether the endpoint works again. */
	public BreakerSettingsBuilder probe(ProbeSettings probe) {
		this.probe = probe;
		return this;
	}

	/**
	 * Builds the settings.
	 * @return the settings
	 * @throws IllegalArgumentException for a value that makes no sense
	 */
	public BreakerSettings build() {
		return new BreakerSettings(this);
	}

}
