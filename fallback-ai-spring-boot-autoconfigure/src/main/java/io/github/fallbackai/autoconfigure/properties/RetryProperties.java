// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.RetrySettings;

/**
 * Whether an endpoint is asked again after a failure before any content.
 */
public class RetryProperties {

	/**
	 * Most attempts in a row at the endpoint, the first included. 1 is no retry.
	 */
	private int maxAttempts = 1;

	/**
	 * Wait before the first retry. Every further retry doubles it. If the deadline leaves
	 * no time for it beside the next endpoints, the call moves on instead.
	 */
	private Duration backoff = Duration.ofMillis(200);

	/**
	 * Kinds of failure after which the same endpoint is asked again.
	 */
	private Set<FailureKind> kinds = EnumSet.copyOf(RetrySettings.DEFAULTS.kinds());

	public int getMaxAttempts() {
		return this.maxAttempts;
	}

	public void setMaxAttempts(int maxAttempts) {
		this.maxAttempts = maxAttempts;
	}

	public Duration getBackoff() {
		return this.backoff;
	}

	public void setBackoff(Duration backoff) {
		this.backoff = backoff;
	}

	public Set<FailureKind> getKinds() {
		return this.kinds;
	}

	public void setKinds(Set<FailureKind> kinds) {
		this.kinds = kinds;
	}

}
