// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.relay;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes calls whose events are passed on in a protocol that cannot take anything back.
 * Implementations are safe for use by several threads.
 */
public interface Relay {

	/**
	 * Asks and streams what happens. Once something was emitted the answer never begins
	 * again; a stream that could only be restarted fails. Cold, like all operations.
	 * @param request what to ask
	 * @return the events, each with the endpoint and model that it comes from; the last
	 * one is {@link ChatEvent.Completed}
	 */
	Flux<RelayedEvent> relay(ChatRequest request);

	/**
	 * Asks an endpoint, and others of its model group, how many tokens a request has.
	 * @param request what would be asked; names the chain
	 * @param endpoint name of the endpoint
	 * @return the number as the provider counts; empty if no endpoint can say. Fails with
	 * a {@link io.github.fallbackai.failure.RequestRefusedException} if one refuses the
	 * request as invalid.
	 */
	default Mono<Long> countTokens(ChatRequest request, String endpoint) {
		return Mono.empty();
	}

}
