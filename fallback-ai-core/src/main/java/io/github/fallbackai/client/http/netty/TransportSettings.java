package io.github.fallbackai.client.http.netty;

import java.time.Duration;

import io.github.fallbackai.endpoint.Bounds;

/**
 * The connection pool.
 *
 * @param maxConnectionsPerHost most connections to one host and port
 * @param pendingAcquireTimeout how long a request waits for a connection of a full pool
 * before it fails as {@code LOCAL}
 * @param idleTimeout after which an unused connection is closed
 */
public record TransportSettings(int maxConnectionsPerHost, Duration pendingAcquireTimeout, Duration idleTimeout) {

	/** 500 connections, 2 s and 30 s. */
	public static final TransportSettings DEFAULTS = new TransportSettings(500, Duration.ofSeconds(2),
			Duration.ofSeconds(30));

	public TransportSettings {
		Bounds.positive("transport.max-connections-per-host", maxConnectionsPerHost);
		Bounds.positive("transport.pending-acquire-timeout", pendingAcquireTimeout);
		Bounds.positive("transport.idle-timeout", idleTimeout);
	}

}
