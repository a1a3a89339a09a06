// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.failure.Failure;
import org.assertj.core.api.Assertions;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * What the tests of the wire share.
 */
public final class WireFixture {

	public static final Duration LONG = Duration.ofSeconds(60);

	private WireFixture() {
	}

	public static WireRequest post(URI uri) {
		return post(uri, LONG);
	}

	/** A request with a limit for connecting, which is one for the TLS handshake too. */
	public static WireRequest post(URI uri, Duration connectTimeout) {
		return new WireRequest(uri, Map.of("Content-Type", "application/json", "Authorization", "Bearer sk-secret"),
				"{}".getBytes(StandardCharsets.UTF_8), connectTimeout);
	}

	/** The data of the response's events, up to {@code [DONE]}. */
	public static Flux<String> events(Wire wire, URI uri) {
		return wire.exchange(post(uri),
				(response) -> response.content(true, (event) -> event.data().equals("[DONE]"))
					.cast(ServerEvent.class)
					.map(ServerEvent::data));
	}

	/** The response's body as text. */
	public static Flux<String> body(Wire wire, URI uri) {
		return body(wire, post(uri));
	}

	/** The body of the response to a request as text. */
	public static Flux<String> body(Wire wire, WireRequest request) {
		return wire.exchange(request,
				(response) -> response.body().map((body) -> new String(body, StandardCharsets.UTF_8)).flux());
	}

	public static Failure failureOf(Publisher<?> publisher) {
		Throwable error = Assertions.catchThrowable(() -> Flux.from(publisher).blockLast(LONG));
		Assertions.assertThat(error).isInstanceOf(EndpointException.class);
		return ((EndpointException) error).failure();
	}

}
