// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.time.Duration;

import io.github.fallbackai.endpoint.Bounds;

/**
 * The connection pool. A request takes the connection that was used last, because the
 * server is least likely to have closed it. So the connections that are not needed become
 * idle and close.
 *
 * @param maxConnectionsPerHost most connections to one host and port
 * @param pendingAcquireTimeout how long a request waits for a connection of a full pool
 * before it fails as {@code LOCAL}
 * @param idleTimeout after which an unused connection is closed
 * @param maxLifeTime after which a connection takes no further request, so that a host
 * that moved to other addresses is followed; connections end up to a fifth earlier, each
 * at another time
 */
public record TransportSettings(int maxConnectionsPerHost, Duration pendingAcquireTimeout, Duration idleTimeout,
		Duration maxLifeTime) {

	private static final Duration MAX_LIFE_TIME = Duration.ofMinutes(5);

	/** 500 connections, 2 s, 30 s and 5 min. */
	public static final TransportSettings DEFAULTS = new TransportSettings(500, Duration.ofSeconds(2),
			Duration.ofSeconds(30));

	public TransportSettings {
		Bounds.positive("transport.max-connections-per-host", maxConnectionsPerHost);
		Bounds.positive("transport.pending-acquire-timeout", pendingAcquireTimeout);
		Bounds.positive("transport.idle-timeout", idleTimeout);
		Bounds.positive("transport.max-life-time", maxLifeTime);
	}

	/** Settings with a life time of five minutes. */
	public TransportSettings(int maxConnectionsPerHost, Duration pendingAcquireTimeout, Duration idleTimeout) {
		this(maxConnectionsPerHost, pendingAcquireTimeout, idleTimeout, MAX_LIFE_TIME);
	}

}
