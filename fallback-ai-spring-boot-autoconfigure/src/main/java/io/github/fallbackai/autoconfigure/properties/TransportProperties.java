// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;

/**
 * How requests go to providers, and the pool of connections to them.
 */
public class TransportProperties {

	/**
	 * What sends requests: Reactor Netty itself, or Spring's WebClient, with the filters
	 * and default headers of the application's builder.
	 */
	private TransportClient client = TransportClient.NETTY;

	/**
	 * Most connections to one host at the same time.
	 */
	private int maxConnectionsPerHost = 500;

	/**
	 * Longest wait for a connection while all of them are in use.
	 */
	private Duration pendingAcquireTimeout = Duration.ofSeconds(2);

	/**
	 * How long an unused connection is kept.
	 */
	private Duration idleTimeout = Duration.ofSeconds(30);

	/**
	 * How long a connection takes requests, at most; after that, the host's name is
	 * looked up again.
	 */
	private Duration maxLifeTime = Duration.ofMinutes(5);

	public TransportClient getClient() {
		return this.client;
	}

	public void setClient(TransportClient client) {
		this.client = client;
	}

	public int getMaxConnectionsPerHost() {
		return this.maxConnectionsPerHost;
	}

	public void setMaxConnectionsPerHost(int maxConnectionsPerHost) {
		this.maxConnectionsPerHost = maxConnectionsPerHost;
	}

	public Duration getPendingAcquireTimeout() {
		return this.pendingAcquireTimeout;
	}

	public void setPendingAcquireTimeout(Duration pendingAcquireTimeout) {
		this.pendingAcquireTimeout = pendingAcquireTimeout;
	}

	public Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public Duration getMaxLifeTime() {
		return this.maxLifeTime;
	}

	public void setMaxLifeTime(Duration maxLifeTime) {
		this.maxLifeTime = maxLifeTime;
	}

}
