// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.net.URI;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Spring's WebClient. It cuts a stream into events and parses none of them.
 */
final class RawWebClient implements Client {

	private final WebClient http = builder().build();

	private final URI target;

	private final byte[] unary = RequestBody.of(false);

	private final byte[] streaming = RequestBody.of(true);

	RawWebClient(URI provider) {
		this.target = URI.create(provider + "/chat/completions");
	}

	static WebClient.Builder builder() {
		return WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient
				.create(ConnectionProvider.builder("webclient").maxConnections(CONNECTIONS).lifo().build())));
	}

	@Override
	public Mono<String> call() {
		return send(this.unary).bodyToMono(String.class);
	}

	@Override
	public Mono<Long> stream() {
		return send(this.streaming).bodyToFlux(String.class).map(String::length).reduce(0L, Long::sum);
	}

	private WebClient.ResponseSpec send(byte[] body) {
		return this.http.post()
			.uri(this.target)
			.header("Authorization", "Bearer " + KEY)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.retrieve();
	}

}
