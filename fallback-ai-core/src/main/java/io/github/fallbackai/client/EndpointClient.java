// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends one request to one endpoint. Implementations neither retry nor limit time,
 * because the engine that calls them does both.
 *
 * <p>
 * The returned publisher is cold: every subscription is one request. It emits the
 * answer's events in order, ends with {@link EndpointEvent.Finished} and, possibly,
 * usage, and completes. An earlier {@code Finished} does not count if content follows. It
 * fails with {@link EndpointException} when the endpoint or the connection failed; any
 * other error counts as {@code LOCAL}. A stream that ends without a finish reason or a
 * terminal marker must fail, because a truncated answer is never a success. Cancelling it
 * closes the connection. It honours demand. Implementations are safe for use by several
 * threads.
 */
@FunctionalInterface
public interface EndpointClient {

	/**
	 * Prepares one request.
	 * @param request what to ask which endpoint
	 * @return the answer's events
	 */
	Flux<EndpointEvent> exchange(EndpointRequest request);

	/**
	 * Asks how many tokens a request has, as the endpoint counts them. Says nothing about
	 * how well the endpoint answers.
	 * @param request what would be asked
	 * @return the number of tokens; empty, unless overridden, for an endpoint that is not
	 * known to count
	 */
	default Mono<Long> countTokens(EndpointRequest request) {
		return Mono.empty();
	}

	/**
	 * Says why a request cannot be expressed here, so that another endpoint is asked
	 * instead. Cheap, and sends nothing.
	 * @param request what to ask
	 * @return the reason in a few words without content of the request, or {@code null}
	 * if the request can be expressed
	 */
	default @Nullable String unsupported(ChatRequest request) {
		return null;
	}

	/**
	 * Says why an endpoint cannot be asked a request, like
	 * {@link #unsupported(ChatRequest)}. Unless overridden, that is called, and
	 * embeddings are not supported.
	 * @param request what to ask
	 * @param endpoint the endpoint
	 * @return the reason, or {@code null} if the request can be expressed
	 */
	default @Nullable String unsupported(ChatRequest request, Endpoint endpoint) {
		return (request.responseFormat().type() == ResponseFormat.Type.VECTORS) ? "embeddings" : unsupported(request);
	}

}
