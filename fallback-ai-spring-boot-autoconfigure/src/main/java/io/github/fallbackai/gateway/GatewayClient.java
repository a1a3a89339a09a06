// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.math.BigDecimal;
import java.util.Set;

import io.github.fallbackai.endpoint.Bounds;

/**
 * A client that may use the gateway. Immutable.
 *
 * @param name the client's name
 * @param chains names of the only chains it may use, empty for all
 * @param maxConcurrentCalls most calls at the same time, 0 for no limit
 * @param maxCostPerDay what its calls may cost per day in UTC, in the currency of the
 * endpoints' prices; 0 for no limit
 * @param maxRequestsPerMinute most requests in a minute, 0 for no limit
 * @param maxTokensPerMinute most tokens of requests and answers in a minute, 0 for no
 * limit
 */
public record GatewayClient(String name, Set<String> chains, int maxConcurrentCalls, BigDecimal maxCostPerDay,
		int maxRequestsPerMinute, int maxTokensPerMinute) {

	/** A caller without a key, or with an unknown one. */
	public static final GatewayClient ANONYMOUS = new GatewayClient("anonymous", Set.of(), 0, BigDecimal.ZERO);

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if one is negative
	 */
	public GatewayClient {
		chains = Set.copyOf(chains);
		Bounds.notNegative("max-concurrent-calls", maxConcurrentCalls);
		Bounds.notNegative("max-cost-per-day", maxCostPerDay);
		Bounds.notNegative("max-requests-per-minute", maxRequestsPerMinute);
		Bounds.notNegative("max-tokens-per-minute", maxTokensPerMinute);
	}

	/** A client that may send any number of requests in a minute. */
	public GatewayClient(String name, Set<String> chains, int maxConcurrentCalls, BigDecimal maxCostPerDay) {
		this(name, chains, maxConcurrentCalls, maxCostPerDay, 0, 0);
	}

	/** The use case under which listeners and metrics show the client's calls. */
	String useCase() {
		return "gateway." + this.name;
	}

	boolean mayUse(String chain) {
		return this.chains.isEmpty() || this.chains.contains(chain);
	}

}
