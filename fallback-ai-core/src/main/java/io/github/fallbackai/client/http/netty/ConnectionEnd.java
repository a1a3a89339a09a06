// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.function.BiPredicate;

import reactor.netty.Connection;
import reactor.netty.resources.ConnectionProvider.ConnectionMetadata;

/**
 * Decides which pooled connections are not used again: closed ones, those that the server
 * will close, unused ones, and old ones. Without an end, a connection that is always in
 * use would hold on to an address that its host has left. Connections that were opened
 * together do not end together.
 */
final class ConnectionEnd implements BiPredicate<Connection, ConnectionMetadata> {

	/** The shortest life, as a share of the longest. */
	private static final double SHORTEST_LIFE = 0.8;

	private static final double STEPS = 1024;

	private final long idleMillis;

	private final long lifeMillis;

	ConnectionEnd(TransportSettings settings) {
		this.idleMillis = settings.idleTimeout().toMillis();
		this.lifeMillis = settings.maxLifeTime().toMillis();
	}

	@Override
	public boolean test(Connection connection, ConnectionMetadata times) {
		return !connection.channel().isActive() || !connection.isPersistent() || times.idleTime() >= this.idleMillis
				|| times.lifeTime() >= lifeOf(connection);
	}

	/** Always the same for the same connection. */
	private long lifeOf(Connection connection) {
		int step = Math.floorMod(connection.channel().id().hashCode(), (int) STEPS);
		return (long) (this.lifeMillis * (SHORTEST_LIFE + (1 - SHORTEST_LIFE) * step / STEPS));
	}

}
