// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.netty.channel.ChannelOption;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

/**
 * Makes the HTTP clients of a wire: only HTTP/1.1, no redirects, because keys must not go
 * to another host, and no retries of Reactor Netty, because these would hide attempts.
 */
final class HttpClients {

	/** Providers and their proxies send more headers than Netty's 8 KB allow. */
	private static final int MAX_HEADER_BYTES = 64 << 10;

	private final UnaryOperator<HttpClient> customizer;

	private final Map<String, UnaryOperator<HttpClient>> endpointCustomizers;

	/**
	 * Creates a source of clients.
	 * @param customizer adjusts every client
	 * @param endpointCustomizers by endpoint's name; they adjust its clients after that
	 */
	HttpClients(UnaryOperator<HttpClient> customizer, Map<String, UnaryOperator<HttpClient>> endpointCustomizers) {
		this.customizer = customizer;
		this.endpointCustomizers = Map.copyOf(endpointCustomizers);
	}

	/** A pool of connections per host. */
	static ConnectionProvider pool(TransportSettings settings, ConnectionPools pools) {
		return ConnectionProvider.builder("fallback-ai")
			.maxConnections(settings.maxConnectionsPerHost())
			.pendingAcquireTimeout(settings.pendingAcquireTimeout())
			.evictionPredicate(new ConnectionEnd(settings))
			.evictInBackground(settings.idleTimeout())
			// The connection that was used last is the least likely one to have been
			// closed by the server.
			.lifo()
			.metrics(true, () -> pools)
			.build();
	}

	/** Whether an endpoint has its own way to connect. */
	boolean customized(String endpoint) {
		return this.endpointCustomizers.containsKey(endpoint);
	}

	HttpClient client(String endpoint, Duration connectTimeout, ConnectionProvider connections) {
		HttpClient client = HttpClient.create(connections)
			.compress(true)
			.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(MAX_HEADER_BYTES));
		client = this.endpointCustomizers.getOrDefault(endpoint, UnaryOperator.identity())
			.apply(this.customizer.apply(client))
			.protocol(HttpProtocol.HTTP11)
			.followRedirect(false)
			.disableRetry(true)
			.doOnChannelInit((observer, channel, address) -> {
				EarlyReadFilter.install(channel);
				NoTlsFilter.install(channel);
				TrafficProbe.install(channel);
				MalformedResponseFilter.install(channel);
				InformationFilter.install(channel);
			})
			.doOnRequest(ExchangeTrace::sending);
		return withConnectTimeout(client, Math.toIntExact(Math.min(connectTimeout.toMillis(), Integer.MAX_VALUE)));
	}

	private static HttpClient withConnectTimeout(HttpClient client, int millis) {
		SslProvider tls = client.configuration().sslProvider();
		if (tls == null) {
			tls = client.secure().configuration().sslProvider();
		}
		HttpClient limited = client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis);
		return (tls != null)
				? limited.secure(
						SslProvider.addHandlerConfigurator(tls, (handler) -> handler.setHandshakeTimeoutMillis(millis)))
				: limited;
	}

}
