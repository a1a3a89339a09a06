// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.Endpoint;
import reactor.core.publisher.Mono;

/**
 * Finds the credentials of each attempt: a token that expires, a key that rotates, a
 * caller's own key. The subscriber's context can distinguish callers. Implementations are
 * safe for use by several threads, do not block, and cache credentials that are expensive
 * to find.
 */
@FunctionalInterface
public interface CredentialsProvider {

	/**
	 * Finds the credentials of one attempt.
	 * @param endpoint the endpoint about to be asked
	 * @param request what it is about to be asked
	 * @return the credentials; empty to use what is configured for the endpoint. An error
	 * ends the attempt as {@code LOCAL}, so that the next endpoint is asked.
	 */
	Mono<Credentials> resolve(Endpoint endpoint, ChatRequest request);

	/**
	 * States that the provider refused credentials with 401. They are resolved once more.
	 * If the key is another one then, the request is sent again with it.
	 * @param endpoint the endpoint that refused them
	 * @param credentials the refused ones
	 */
	default void invalidate(Endpoint endpoint, Credentials credentials) {
	}

	/** The endpoint's own key: a fixed one, or the present content of its key file. */
	static CredentialsProvider configured() {
		return new ConfiguredCredentials();
	}

}
