package io.github.fallbackai.client.http.wire;

import reactor.core.publisher.Flux;

/**
 * Carries one HTTP exchange. A response exists only while the given reader reads it and
 * hands out decoded values, never network buffers, so that neither a connection nor a
 * buffer can be forgotten.
 *
 * <p>
 * Implementations follow no redirect, limit no time but that of connecting, are safe for
 * use by several threads, and report what goes wrong as
 * {@link io.github.fallbackai.client.EndpointException}: {@code CONNECT_FAILED} before a
 * connection came about, {@code CONNECTION_LOST} after that, {@code INVALID_RESPONSE} for
 * an answer that is not HTTP or larger than allowed, and {@code LOCAL} when this side is
 * to blame.
 */
@FunctionalInterface
public interface Wire {

	/**
	 * Prepares one exchange; every subscription is one request. Whatever the reader
	 * leaves unread is discarded with its connection.
	 * @param request what to send
	 * @param reader reads the response
	 * @param <T> type of what the reader makes of the response
	 * @return what the reader made of the response; honours demand, and cancelling it
	 * closes the connection at once
	 */
	<T> Flux<T> exchange(WireRequest request, WireReader<T> reader);

}
