// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.wire.ExchangeListener;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.client.http.wire.Wire;
import io.github.fallbackai.client.http.wire.WireReader;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.failure.FailureKind;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Internal: a wire over Reactor Netty connections, with one connection pool for all
 * endpoints that share the wire. Subclasses decide which client sends a request over
 * them.
 *
 * <p>
 * A connection from the pool that dies before a byte of the response came back was most
 * likely closed by the server while it was idle. Such a request is sent once more, over a
 * new connection. Closing the wire closes its connections.
 *
 * @param <C> the client that sends a request
 */
public abstract class PooledWire<C> implements Wire, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PooledWire.class);

	private final HttpClients httpClients;

	private final ResponseLimits limits;

	private final GuardedExchange.Source listener;

	private final ConnectionProvider pool;

	private final ConnectionPools pools = new ConnectionPools();

	private final Map<ClientKey, C> clients = new ConcurrentHashMap<>();

	/**
	 * Creates a wire.
	 * @param builder the settings
	 */
	protected PooledWire(Builder<?> builder) {
		this.httpClients = new HttpClients(builder.httpClient, builder.endpoints);
		this.limits = builder.limits;
		this.listener = new GuardedExchange.Source(builder.listener);
		this.pool = HttpClients.pool(builder.transport, this.pools);
	}

	@Override
	public final <T> Flux<T> exchange(WireRequest request, WireReader<T> reader) {
		return Flux.defer(() -> {
			ExchangeTrace trace = new ExchangeTrace();
			return send(true, request, reader, trace).onErrorResume(
					(error) -> isStale(error, trace) || closedWhileConnecting(error, trace),
					(error) -> sendAgain(request, reader));
		});
	}

	/**
	 * Tells how many requests wait for a connection because all connections to their host
	 * are in use.
	 * @param address any address at the host
	 * @return the number of requests, 0 for a host that was not asked yet
	 */
	public final int pendingAt(URI address) {
		return this.pools.pendingAt(address);
	}

	/** Closes idle connections now and those in use when their exchange ends. */
	@Override
	public final void close() {
		this.pool.dispose();
	}

	/**
	 * Makes a client that sends requests over the connections of a Reactor Netty client.
	 * @param httpClient the Reactor Netty client, with all settings
	 * @return the client, used as long as the wire
	 */
	protected abstract C client(HttpClient httpClient);

	/**
	 * Sends a request, once for each subscription.
	 * @param client the client that sends it
	 * @param request the request
	 * @param handler takes the response
	 * @param <T> type of what the handler makes of the response
	 * @return what the handler made of the response
	 */
	protected abstract <T> Flux<T> send(C client, WireRequest request, ResponseHandler<T> handler);

	/**
	 * Closes the connection when the reader ends without having read the body, before
	 * anything else sees the end: for a client that reads an unread body to its end,
	 * which may never come.
	 * @param read reads the response, and may throw
	 * @param <T> type of what the reader makes of the response
	 * @return the same elements and the same end
	 */
	protected static <T> Flux<T> closingUnlessRead(Supplier<Flux<T>> read) {
		return Flux.deferContextual((context) -> Flux.defer(read)
			.doOnTerminate(context.<ExchangeTrace>get(ExchangeTrace.class)::closeUnlessRead));
	}

	private <T> Flux<T> sendAgain(WireRequest request, WireReader<T> reader) {
		logger.debug("A connection to {} was closed before it was of use, using a new one",
				request.uri().getAuthority());
		return Flux.concat(reader.reconnecting(), send(false, request, reader, new ExchangeTrace()));
	}

	private <T> Flux<T> send(boolean pooled, WireRequest request, WireReader<T> reader, ExchangeTrace trace) {
		return new TracedExchange<>(this.<T>send(client(request, pooled), request, (head, body, owned) -> {
			ReceivedResponse response = new ReceivedResponse(head, body, owned, this.limits, trace);
			trace.received(response);
			return reader.read(response);
		}), trace, (context) -> this.listener.started(request, context));
	}

	private static boolean isStale(Throwable error, ExchangeTrace trace) {
		return trace.reusedWithoutReply() && error instanceof EndpointException failed
				&& failed.failure().kind() == FailureKind.CONNECTION_LOST;
	}

	/**
	 * The server did not refuse the connection. It was closed on this side: with epoll,
	 * an event of the socket that had its file descriptor before can do that, see
	 * {@link EarlyReadFilter}. The request was not sent.
	 */
	private static boolean closedWhileConnecting(Throwable error, ExchangeTrace trace) {
		return !trace.connected() && error instanceof EndpointException failed
				&& failed.failure().cause() instanceof ClosedChannelException;
	}

	private C client(WireRequest request, boolean pooled) {
		String endpoint = this.httpClients.customized(request.endpoint()) ? request.endpoint() : "";
		return this.clients.computeIfAbsent(new ClientKey(endpoint, request.connectTimeout(), pooled),
				(key) -> client(this.httpClients.client(key.endpoint(), key.connectTimeout(),
						key.pooled() ? this.pool : ConnectionProvider.newConnection())));
	}

	/**
	 * Takes a response.
	 *
	 * @param <T> type of what it makes of the response
	 */
	@FunctionalInterface
	protected interface ResponseHandler<T> {

		/**
		 * Takes a response.
		 * @param head its head
		 * @param body its body
		 * @param owned whether the subscriber of the body has to release its buffers;
		 * otherwise they may be used until {@code onNext} returns
		 * @return what the handler makes of the response
		 */
		Flux<T> read(ResponseHead head, Flux<ByteBuf> body, boolean owned);

	}

	/**
	 * Requests with the same key share a client.
	 *
	 * @param endpoint the endpoint, empty unless it has its own way to connect
	 * @param connectTimeout how long connecting may take
	 * @param pooled whether connections come from the pool
	 */
	private record ClientKey(String endpoint, Duration connectTimeout, boolean pooled) {

	}

	/**
	 * Collects the settings of a wire.
	 *
	 * @param <B> type of the builder
	 */
	public abstract static class Builder<B extends Builder<B>> {

		private final Map<String, UnaryOperator<HttpClient>> endpoints = new HashMap<>();

		private UnaryOperator<HttpClient> httpClient = UnaryOperator.identity();

		private TransportSettings transport = TransportSettings.DEFAULTS;

		private ResponseLimits limits = ResponseLimits.DEFAULTS;

		private ExchangeListener listener = ExchangeListener.NONE;

		/** For subclasses. */
		protected Builder() {
		}

		/**
		 * Adjusts the connector, for example its TLS context or proxy. Redirects, retries
		 * and HTTP/2 stay off, and the connect timeout is the endpoint's.
		 */
		public B httpClient(UnaryOperator<HttpClient> httpClient) {
			this.httpClient = httpClient;
			return self();
		}

		/**
		 * Adjusts the connector of one endpoint only, after the general adjustments, for
		 * example for a TLS context or a proxy of its own.
		 */
		public B httpClient(String endpoint, UnaryOperator<HttpClient> httpClient) {
			this.endpoints.put(endpoint, httpClient);
			return self();
		}

		/** The connection pool; {@link TransportSettings#DEFAULTS} unless set. */
		public B transport(TransportSettings transport) {
			this.transport = transport;
			return self();
		}

		/** How much of a response is read; {@link ResponseLimits#DEFAULTS} unless set. */
		public B limits(ResponseLimits limits) {
			this.limits = limits;
			return self();
		}

		/** Hears of every exchange; nothing listens unless set. */
		protected B listener(ExchangeListener listener) {
			this.listener = listener;
			return self();
		}

		/** Builds the wire. */
		public abstract PooledWire<?> build();

		/** This builder. */
		protected abstract B self();

	}

}
