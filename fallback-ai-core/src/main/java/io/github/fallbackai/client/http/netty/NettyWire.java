// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import io.github.fallbackai.client.http.wire.ExchangeListener;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * The wire directly on Reactor Netty, with one connection pool for all endpoints that
 * share the wire.
 *
 * <p>
 * A connection from the pool that dies before a byte of the response came back was most
 * likely closed by the server while it was idle. Such a request is sent once more, over a
 * new connection. Closing the wire closes its connections.
 */
public final class NettyWire extends PooledWire<HttpClient> {

	private NettyWire(Builder builder) {
		super(builder);
	}

	/**
	 * Starts a wire with default settings.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	protected HttpClient client(HttpClient httpClient) {
		return httpClient;
	}

	@Override
	protected <T> Flux<T> send(HttpClient client, WireRequest request, ResponseHandler<T> handler) {
		return client.post().uri(request.uri()).send((sent, outbound) -> {
			request.headers().forEach(sent::header);
			return outbound.sendObject(Unpooled.wrappedBuffer(request.body()));
		})
			.responseConnection(
					(response, connection) -> handler.read(headOf(response), connection.inbound().receive(), false));
	}

	private static ResponseHead headOf(HttpClientResponse response) {
		return new ResponseHead(response.status().code(), response.responseHeaders()::get);
	}

	/**
	 * Collects the settings of a {@link NettyWire}.
	 */
	public static final class Builder extends PooledWire.Builder<Builder> {

		private Builder() {
		}

		/** Hears of every exchange; nothing listens unless set. */
		@Override
		public Builder listener(ExchangeListener listener) {
			return super.listener(listener);
		}

		@Override
		public NettyWire build() {
			return new NettyWire(this);
		}

		@Override
		protected Builder self() {
			return this;
		}

	}

}
