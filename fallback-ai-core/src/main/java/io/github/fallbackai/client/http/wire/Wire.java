// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import reactor.core.publisher.Flux;

/**
 * Carries one HTTP exchange. A response exists only while the given reader reads it. The
 * reader returns decoded values, never network buffers, so that no connection and no
 * buffer is lost.
 *
 * <p>
 * Implementations follow no redirect, limit no time but that of connecting, are safe for
 * use by several threads, and report what goes wrong as
 * {@link io.github.fallbackai.client.EndpointException}: {@code CONNECT_FAILED} before
 * there was a connection, {@code CONNECTION_LOST} after that, {@code INVALID_RESPONSE}
 * for an answer that is not HTTP or larger than allowed, and {@code LOCAL} if this side
 * is at fault.
 */
@FunctionalInterface
public interface Wire {

	/**
	 * Prepares one exchange; every subscription is one request. Data that the reader does
	 * not read is discarded with its connection.
	 * @param request what to send
	 * @param reader reads the response
	 * @param <T> type of the values that the reader makes
	 * @return the values that the reader makes; honours demand, and cancelling it closes
	 * the connection at once
	 */
	<T> Flux<T> exchange(WireRequest request, WireReader<T> reader);

}
