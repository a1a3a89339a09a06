// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A client of the gateway. The key has no getter, so code that reads properties cannot
 * show it.
 */
public class GatewayClientProperties {

	private @Nullable String apiKey;

	/**
	 * Names of the only chains that the client may use. Without any it may use all.
	 */
	private List<String> chains = new ArrayList<>();

	/**
	 * Most calls at the same time, 0 for no limit.
	 */
	private int maxConcurrentCalls;

	/**
	 * What the client's calls may cost per day in UTC, in the currency of the endpoints'
	 * prices; 0 for no limit.
	 */
	private BigDecimal maxCostPerDay = BigDecimal.ZERO;

	/**
	 * Most requests in a minute, 0 for no limit.
	 */
	private int maxRequestsPerMinute;

	/**
	 * Most tokens of requests and answers in a minute, 0 for no limit.
	 */
	private int maxTokensPerMinute;

	public @Nullable String apiKey() {
		return this.apiKey;
	}

	public void setApiKey(String apiKey) {
		this.apiKey = apiKey;
	}

	public List<String> getChains() {
		return this.chains;
	}

	public void setChains(List<String> chains) {
		this.chains = chains;
	}

	public int getMaxConcurrentCalls() {
		return this.maxConcurrentCalls;
	}

	public void setMaxConcurrentCalls(int maxConcurrentCalls) {
		this.maxConcurrentCalls = maxConcurrentCalls;
	}

	public BigDecimal getMaxCostPerDay() {
		return this.maxCostPerDay;
	}

	public void setMaxCostPerDay(BigDecimal maxCostPerDay) {
		this.maxCostPerDay = maxCostPerDay;
	}

	public int getMaxRequestsPerMinute() {
		return this.maxRequestsPerMinute;
	}

	public void setMaxRequestsPerMinute(int maxRequestsPerMinute) {
		this.maxRequestsPerMinute = maxRequestsPerMinute;
	}

	public int getMaxTokensPerMinute() {
		return this.maxTokensPerMinute;
	}

	public void setMaxTokensPerMinute(int maxTokensPerMinute) {
		this.maxTokensPerMinute = maxTokensPerMinute;
	}

}
