// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

/**
 * Knows how many requests wait for connections in the pools of a wire. Every host has one
 * pool, or several if endpoints connect to it in different ways. Safe for use by several
 * threads.
 */
final class ConnectionPools implements ConnectionProvider.MeterRegistrar {

	private static final int HTTPS = 443;

	private static final int HTTP = 80;

	private final Map<Pool, ConnectionPoolMetrics> pools = new ConcurrentHashMap<>();

	@Override
	public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
			ConnectionPoolMetrics metrics) {
		this.pools.put(new Pool(id, host(remoteAddress)), metrics);
	}

	@Override
	public void deRegisterMetrics(String poolName, String id, SocketAddress remoteAddress) {
		this.pools.remove(new Pool(id, host(remoteAddress)));
	}

	/** Number of requests that wait for a connection to the host of an address. */
	int pendingAt(URI address) {
		int standard = "http".equalsIgnoreCase(address.getScheme()) ? HTTP : HTTPS;
		String host = host(address.getHost(), (address.getPort() >= 0) ? address.getPort() : standard);
		return this.pools.entrySet()
			.stream()
			.filter((pool) -> pool.getKey().host().equals(host))
			.mapToInt((pool) -> pool.getValue().pendingAcquireSize())
			.sum();
	}

	private static String host(SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? host(inet.getHostString(), inet.getPort())
				: address.toString();
	}

	private static String host(String name, int port) {
		return name.toLowerCase(Locale.ROOT) + ':' + port;
	}

	/**
	 * A pool.
	 *
	 * @param id distinguishes pools of one host
	 * @param host name and port
	 */
	private record Pool(String id, String host) {

	}

}
