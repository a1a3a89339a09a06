// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

/**
 * Which calls, and how many at a time, an endpoint gets.
 */
public class TrafficProperties {

	/**
	 * Tier of the endpoint. Endpoints with a smaller number are asked before, whatever
	 * their order in the list.
	 */
	private int priority;

	/**
	 * Share of the calls among the endpoints of its priority if the strategy is weight,
	 * and share of the conversations.
	 */
	private int weight = 1;

	/**
	 * Most calls at a time that this instance sends to the endpoint. Zero for no limit.
	 */
	private int maxConcurrentCalls;

	/**
	 * Whether the number of calls at a time follows how fast the endpoint answers and
	 * whether it complains, up to max-concurrent-calls.
	 */
	private boolean adaptiveConcurrency;

	/**
	 * Share of the calls at a time that may be batch calls, at least one.
	 */
	private double batchShare = 0.5;

	public int getPriority() {
		return this.priority;
	}

	public void setPriority(int priority) {
		this.priority = priority;
	}

	public int getWeight() {
		return this.weight;
	}

	public void setWeight(int weight) {
		this.weight = weight;
	}

	public int getMaxConcurrentCalls() {
		return this.maxConcurrentCalls;
	}

	public void setMaxConcurrentCalls(int maxConcurrentCalls) {
		this.maxConcurrentCalls = maxConcurrentCalls;
	}

	public boolean isAdaptiveConcurrency() {
		return this.adaptiveConcurrency;
	}

	public void setAdaptiveConcurrency(boolean adaptiveConcurrency) {
		this.adaptiveConcurrency = adaptiveConcurrency;
	}

	public double getBatchShare() {
		return this.batchShare;
	}

	public void setBatchShare(double batchShare) {
		this.batchShare = batchShare;
	}

}
