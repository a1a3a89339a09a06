// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;
import org.jspecify.annotations.Nullable;

/**
 * What operators decided about an endpoint. A decision without expiry holds until they
 * take it back.
 *
 * @param endpoint the endpoint
 * @param version the version of this decision, unrelated to that of the endpoint's state
 * @param disabling why and for how long the endpoint is out of use, {@code null} if it is
 * in use
 * @param preference 0 unless the endpoint is preferred; the endpoint with the greatest
 * number comes first
 * @param resets how many times breaker and cool-downs were reset, ever
 * @param origin the instance where the latest part of it was decided, {@code null} if
 * that is not known
 */
public record OperatorDecision(EndpointId endpoint, Version version, @Nullable Disabling disabling, int preference,
		long resets, @Nullable String origin) {

	/** A decision that does not say where it was made. */
	public OperatorDecision(EndpointId endpoint, Version version, @Nullable Disabling disabling, int preference,
			long resets) {
		this(endpoint, version, disabling, preference, resets, null);
	}

	/**
	 * An endpoint is out of use.
	 *
	 * @param remaining for how long from now on, {@code null} until it is enabled
	 * @param reason why, in the operator's words, {@code null} if the operator did not
	 * say
	 */
	public record Disabling(@Nullable Duration remaining, @Nullable String reason) {

		public Disabling {
			if (remaining != null && remaining.isNegative()) {
				throw new IllegalArgumentException("remaining: " + remaining + " (expected: >= 0)");
			}
		}

	}

}
