package io.github.fallbackai.endpoint;

import java.time.Duration;

/**
 * When an endpoint's circuit breaker opens and how it closes again.
 *
 * @param failureThreshold consecutive failures that open it while traffic is low
 * @param failureRate percentage of failures in the window that opens it at any traffic
 * @param window number of calls in the sliding window
 * @param recoveryTimeout how long the first opening lasts; every repeated opening doubles
 * it
 * @param maxRecoveryTimeout upper bound of that doubling
 * @param halfOpenCalls probes admitted after an opening, all of which are judged before
 * the breaker closes or reopens
 */
public record BreakerSettings(int failureThreshold, float failureRate, int window, Duration recoveryTimeout,
		Duration maxRecoveryTimeout, int halfOpenCalls) {

	/** 3 failures in a row or 50 % of 20 calls, 30 s doubling to 5 min, one probe. */
	public static final BreakerSettings DEFAULTS = new BreakerSettings(3, 50, 20, Duration.ofSeconds(30),
			Duration.ofMinutes(5), 1);

	/** The most calls that a window, and the probes of an opening, may have. */
	public static final int MOST_CALLS = 10_000;

	public BreakerSettings {
		requirePositive("failure-threshold", failureThreshold);
		requireCalls("window", window);
		requireCalls("half-open-calls", halfOpenCalls);
		if (!(failureRate > 0 && failureRate <= 100)) {
			throw new IllegalArgumentException("failure-rate: " + failureRate + " (expected: > 0 and <= 100)");
		}
		requirePositive("recovery-timeout", Nanos.of(recoveryTimeout));
		if (maxRecoveryTimeout.compareTo(recoveryTimeout) < 0) {
			throw new IllegalArgumentException("max-recovery-timeout: " + maxRecoveryTimeout
					+ " (expected: >= recovery-timeout " + recoveryTimeout + ")");
		}
	}

	private static void requireCalls(String name, int value) {
		requirePositive(name, value);
		if (value > MOST_CALLS) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: <= " + MOST_CALLS + ")");
		}
	}

	private static void requirePositive(String name, long value) {
		if (value <= 0) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
		}
	}

}
