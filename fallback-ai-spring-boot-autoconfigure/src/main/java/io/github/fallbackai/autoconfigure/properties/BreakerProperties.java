// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * When an endpoint's circuit breaker opens and how it closes again.
 */
public class BreakerProperties {

	/**
	 * Number of failures in a row that open the breaker while traffic is low.
	 */
	private int failureThreshold = 3;

	/**
	 * Percentage of failures in the window that opens the breaker at any traffic.
	 */
	private float failureRate = 50;

	/**
	 * Number of calls in the sliding window.
	 */
	private int window = 20;

	/**
	 * How long the breaker stays open before the endpoint is probed. While probes fail, a
	 * sixth of the outage's age passes between them, but at least three quarters of this.
	 */
	private Duration recoveryTimeout = Duration.ofSeconds(10);

	/**
	 * Longest time between two probes. Defaults to 1 minute, or to the recovery timeout
	 * if that is longer.
	 */
	private @Nullable Duration maxRecoveryTimeout;

	/**
	 * Number of probes that decide whether the breaker closes or opens again.
	 */
	private int halfOpenCalls = 1;

	@NestedConfigurationProperty
	private final ProbeProperties probe = new ProbeProperties();

	public int getFailureThreshold() {
		return this.failureThreshold;
	}

	public void setFailureThreshold(int failureThreshold) {
		this.failureThreshold = failureThreshold;
	}

	public float getFailureRate() {
		return this.failureRate;
	}

	public void setFailureRate(float failureRate) {
		this.failureRate = failureRate;
	}

	public int getWindow() {
		return this.window;
	}

	public void setWindow(int window) {
		this.window = window;
	}

	public Duration getRecoveryTimeout() {
		return this.recoveryTimeout;
	}

	public void setRecoveryTimeout(Duration recoveryTimeout) {
		this.recoveryTimeout = recoveryTimeout;
	}

	public @Nullable Duration getMaxRecoveryTimeout() {
		return this.maxRecoveryTimeout;
	}

	public void setMaxRecoveryTimeout(@Nullable Duration maxRecoveryTimeout) {
		this.maxRecoveryTimeout = maxRecoveryTimeout;
	}

	public int getHalfOpenCalls() {
		return this.halfOpenCalls;
	}

	public void setHalfOpenCalls(int halfOpenCalls) {
		this.halfOpenCalls = halfOpenCalls;
	}

	public ProbeProperties getProbe() {
		return this.probe;
	}

}
