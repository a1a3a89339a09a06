// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.wire.webclient;

import java.util.HashMap;
import java.util.Map;

import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * The wire on Spring's WebClient, for its filters, with a Reactor Netty connector of its
 * own. Connections, retries and limits are those of
 * {@link io.github.fallbackai.client.http.netty.NettyWire}.
 */
public final class WebClientWire extends PooledWire<WebClient> {

	private final WebClient.Builder webClient;

	private WebClientWire(Builder builder) {
		super(builder);
		this.webClient = builder.webClient.clone();
	}

	/**
	 * Starts a wire with default settings.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	protected WebClient client(HttpClient httpClient) {
		return this.webClient.clone().clientConnector(new ReactorClientHttpConnector(httpClient)).build();
	}

	@Override
	protected <T> Flux<T> send(WebClient client, WireRequest request, ResponseHandler<T> handler) {
		return client.post()
			.uri(request.uri())
			.headers((headers) -> request.headers().forEach(headers::set))
			.body((output, context) -> output
				.writeWith(Mono.fromSupplier(() -> output.bufferFactory().wrap(request.body()))))
			.exchangeToFlux(
					(response) -> closingUnlessRead(() -> handler.read(headOf(response), bodyOf(response), true)))
			.onErrorMap(WebClientRequestException.class, WebClientWire::unwrap);
	}

	private static ResponseHead headOf(ClientResponse response) {
		Map<String, String> headers = new HashMap<>();
		response.headers().asHttpHeaders().forEach((name, values) -> headers.putIfAbsent(name, values.get(0)));
		return new ResponseHead(response.statusCode().value(), headers);
	}

	private static Flux<ByteBuf> bodyOf(ClientResponse response) {
		return response.body(BodyExtractors.toDataBuffers()).map(NettyDataBufferFactory::toByteBuf);
	}

	private static Throwable unwrap(WebClientRequestException error) {
		Throwable cause = error.getCause();
		return (cause != null) ? cause : error;
	}

	/**
	 * Collects the settings of a {@link WebClientWire}.
	 */
	public static final class Builder extends PooledWire.Builder<Builder> {

		private WebClient.Builder webClient = WebClient.builder();

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

		@Override
		public WebClientWire build() {
			return new WebClientWire(this);
		}

		@Override
		protected Builder self() {
			return this;
		}

	}

}
