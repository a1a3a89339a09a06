// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;

/**
 * What one instance has spent at an endpoint in a period so far.
 *
 * @param endpoint the endpoint
 * @param period the period
 * @param contributor identifies the instance that spent it, and its start, so that no
 * amount replaces that of another start or instance
 * @param amount the whole amount in billionths of the currency, not negative; never falls
 * within a period
 * @param retention how long the store must remember it
 */
public record SpendReport(EndpointId endpoint, SpendPeriod period, String contributor, long amount,
		Duration retention) {

	public SpendReport {
		if (amount < 0) {
			throw new IllegalArgumentException("amount: " + amount + " (expected: >= 0)");
		}
	}

}
