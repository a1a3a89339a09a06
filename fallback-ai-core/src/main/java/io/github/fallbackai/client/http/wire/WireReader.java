package io.github.fallbackai.client.http.wire;

import reactor.core.publisher.Flux;

/**
 * Makes something of a response while it is there.
 *
 * @param <T> type of what it makes
 */
@FunctionalInterface
public interface WireReader<T> {

	/**
	 * Reads a response, whatever its status.
	 * @param response the response, which exists until the returned publisher ends
	 * @return what the reader made of it
	 */
	Flux<T> read(WireResponse response);

	/**
	 * Told when the request is about to be sent once more over a new connection, because
	 * the server had closed the pooled one that it first went over.
	 * @return what to emit about it, nothing unless overridden
	 */
	default Flux<T> reconnecting() {
		return Flux.empty();
	}

}
