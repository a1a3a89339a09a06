// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import reactor.core.publisher.Flux;

/**
 * Makes values from a response while it exists.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface WireReader<T> {

	/**
	 * Reads a response, whatever its status.
	 * @param response the response, which exists until the returned publisher ends
	 * @return the values
	 */
	Flux<T> read(WireResponse response);

	/**
	 * Called when the request is about to be sent once more over a new connection,
	 * because the server had closed the pooled connection of the first try.
	 * @return values to emit about it, none unless overridden
	 */
	default Flux<T> reconnecting() {
		return Flux.empty();
	}

}
