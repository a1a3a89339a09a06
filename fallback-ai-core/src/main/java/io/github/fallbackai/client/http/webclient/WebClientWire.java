package io.github.fallbackai.client.http.webclient;

import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.client.http.wire.Wire;
import io.github.fallbackai.client.http.wire.WireReader;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.failure.FailureKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The wire on Spring's WebClient and a Reactor Netty connector of its own, with one
 * connection pool for all endpoints that share the wire.
 *
 * <p>
 * A connection from the pool that dies before a byte of the response came back was most
 * likely closed by the server while it rested; such a request is sent once more, over a
 * new connection. Closing the wire closes its connections.
 */
public final class WebClientWire implements Wire, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WebClientWire.class);

	private final WebClient.Builder webClient;

	private final HttpClients httpClients;

	private final ResponseLimits limits;

	private final ConnectionProvider pool;

	private final ConnectionPools pools = new ConnectionPools();

	private final Map<ClientKey, WebClient> clients = new ConcurrentHashMap<>();

	private WebClientWire(Builder builder) {
		this.webClient = builder.webClient.clone();
		this.httpClients = new HttpClients(builder.httpClient, builder.endpoints);
		this.limits = builder.limits;
		this.pool = HttpClients.pool(builder.transport, this.pools);
	}

	/**
	 * Starts a wire with default settings.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public <T> Flux<T> exchange(WireRequest request, WireReader<T> reader) {
		return Flux.defer(() -> {
			ExchangeTrace trace = new ExchangeTrace();
			return send(client(request, true), request, reader, trace).onErrorResume(
					(error) -> isStale(error, trace) || closedWhileConnecting(error, trace),
					(error) -> sendAgain(request, reader));
		});
	}

	/**
	 * Tells how many requests wait for a connection because all that a host may have are
	 * in use.
	 * @param address any address at the host
	 * @return the number of requests, 0 for a host that nobody has asked yet
	 */
	public int pendingAt(URI address) {
		return this.pools.pendingAt(address);
	}

	/** Closes idle connections now and those in use when their exchange ends. */
	@Override
	public void close() {
		this.pool.dispose();
	}

	private <T> Flux<T> sendAgain(WireRequest request, WireReader<T> reader) {
		logger.debug("A connection to {} was closed before it was of use, using a new one",
				request.uri().getAuthority());
		return Flux.concat(reader.reconnecting(), send(client(request, false), request, reader, new ExchangeTrace()));
	}

	private <T> Flux<T> send(WebClient client, WireRequest request, WireReader<T> reader, ExchangeTrace trace) {
		return client.post()
			.uri(request.uri())
			.headers((headers) -> request.headers().forEach(headers::set))
			.body((output, context) -> output
				.writeWith(Mono.fromSupplier(() -> output.bufferFactory().wrap(request.body()))))
			.exchangeToFlux((response) -> read(response, reader, trace))
			.onErrorMap((error) -> TransportFailures.translate(error, trace))
			// Failed or not, a connection that comes about later has nobody to serve.
			.doOnError((error) -> trace.leave())
			.doOnCancel(trace::leave)
			.contextWrite((context) -> context.put(ExchangeTrace.class, trace));
	}

	private <T> Flux<T> read(ClientResponse response, WireReader<T> reader, ExchangeTrace trace) {
		ReceivedResponse received = new ReceivedResponse(response, this.limits, trace);
		return Flux.<T>defer(() -> reader.read(received)).doOnTerminate(received::closeUnlessRead);
	}

	private static boolean isStale(Throwable error, ExchangeTrace trace) {
		return trace.reusedWithoutReply() && error instanceof EndpointException failed
				&& failed.failure().kind() == FailureKind.CONNECTION_LOST;
	}

	/**
	 * Nobody refused the connection, it was closed on this side: with epoll, news of the
	 * socket that had its file descriptor before does that, see {@link EarlyReadFilter}.
	 * The request was not sent.
	 */
	private static boolean closedWhileConnecting(Throwable error, ExchangeTrace trace) {
		return !trace.connected() && error instanceof EndpointException failed
				&& failed.failure().cause() instanceof ClosedChannelException;
	}

	private WebClient client(WireRequest request, boolean pooled) {
		String endpoint = this.httpClients.customized(request.endpoint()) ? request.endpoint() : "";
		return this.clients.computeIfAbsent(new ClientKey(endpoint, request.connectTimeout(), pooled), this::webClient);
	}

	private WebClient webClient(ClientKey key) {
		HttpClient httpClient = this.httpClients.client(key.endpoint(), key.connectTimeout(),
				key.pooled() ? this.pool : ConnectionProvider.newConnection());
		return this.webClient.clone().clientConnector(new ReactorClientHttpConnector(httpClient)).build();
	}

	/**
	 * What makes requests need a client of their own.
	 *
	 * @param endpoint the endpoint, empty unless it is connected in a way of its own
	 * @param connectTimeout how long connecting may take
	 * @param pooled whether connections come from the pool
	 */
	private record ClientKey(String endpoint, Duration connectTimeout, boolean pooled) {

	}

	/**
	 * Collects the settings of a {@link WebClientWire}.
	 */
	public static final class Builder {

		private WebClient.Builder webClient = WebClient.builder();

		private UnaryOperator<HttpClient> httpClient = UnaryOperator.identity();

		private final Map<String, UnaryOperator<HttpClient>> endpoints = new HashMap<>();

		private TransportSettings transport = TransportSettings.DEFAULTS;

		private ResponseLimits limits = ResponseLimits.DEFAULTS;

		private Builder() {
		}

		/**
		 * The application's builder, whose filters, default headers and observation
		 * apply. It is copied, and its connector is replaced.
		 */
		public Builder webClient(WebClient.Builder webClient) {
			this.webClient = webClient;
			return this;
		}

		/**
		 * Adjusts the connector, for example its TLS context or proxy. Redirects, retries
		 * and HTTP/2 stay off, and the connect timeout is the endpoint's.
		 */
		public Builder httpClient(UnaryOperator<HttpClient> httpClient) {
			this.httpClient = httpClient;
			return this;
		}

		/**
		 * Adjusts the connector of one endpoint only, after the general adjustments, for
		 * example for a TLS context or a proxy of its own.
		 */
		public Builder httpClient(String endpoint, UnaryOperator<HttpClient> httpClient) {
			this.endpoints.put(endpoint, httpClient);
			return this;
		}

		/** The connection pool; {@link TransportSettings#DEFAULTS} unless set. */
		public Builder transport(TransportSettings transport) {
			this.transport = transport;
			return this;
		}

		/** How much is read; {@link ResponseLimits#DEFAULTS} unless set. */
		public Builder limits(ResponseLimits limits) {
			this.limits = limits;
			return this;
		}

		/** Builds the wire. */
		public WebClientWire build() {
			return new WebClientWire(this);
		}

	}

}
