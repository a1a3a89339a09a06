package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;

/**
 * The pool of connections to providers.
 */
public class TransportProperties {

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

}
