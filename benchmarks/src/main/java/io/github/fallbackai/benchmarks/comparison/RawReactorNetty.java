// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.net.URI;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Reactor Netty alone. It parses nothing.
 */
final class RawReactorNetty implements Client {

	private final HttpClient http = HttpClient
		.create(ConnectionProvider.builder("raw").maxConnections(CONNECTIONS).lifo().build())
		.headers((headers) -> headers.set("Authorization", "Bearer " + KEY).set("Content-Type", "application/json"));

	private final String target;

	private final byte[] unary = RequestBody.of(false);

	private final byte[] streaming = RequestBody.of(true);

	RawReactorNetty(URI provider) {
		this.target = provider + "/chat/completions";
	}

	@Override
	public Mono<String> call() {
		return send(this.unary).responseContent().aggregate().asString();
	}

	@Override
	public Mono<Long> stream() {
		return send(this.streaming).response((head, content) -> content.map(ByteBuf::readableBytes))
			.reduce(0L, Long::sum);
	}

	private HttpClient.ResponseReceiver<?> send(byte[] body) {
		return this.http.post().uri(this.target).send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
	}

}
