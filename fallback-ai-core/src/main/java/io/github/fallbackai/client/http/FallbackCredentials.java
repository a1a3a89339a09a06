// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.client.CredentialsProvider;
import io.github.fallbackai.endpoint.Endpoint;
import reactor.core.publisher.Mono;

/**
 * Credentials of the application, or else those of the configuration.
 *
 * @param first asked first
 * @param second asked if the first has none
 */
record FallbackCredentials(CredentialsProvider first, CredentialsProvider second) implements CredentialsProvider {

	@Override
	public Mono<Credentials> resolve(Endpoint endpoint, ChatRequest request) {
		return this.first.resolve(endpoint, request)
			.switchIfEmpty(Mono.defer(() -> this.second.resolve(endpoint, request)));
	}

	@Override
	public void invalidate(Endpoint endpoint, Credentials credentials) {
		this.first.invalidate(endpoint, credentials);
		this.second.invalidate(endpoint, credentials);
	}

}
