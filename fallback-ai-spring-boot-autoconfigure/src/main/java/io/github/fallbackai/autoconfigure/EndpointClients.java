// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.fallbackai.autoconfigure.endpoint.KnownProvider;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.http.StandardDialects;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * The client of each kind of provider. The application's clients have the name of their
 * bean. Every dialect has one client, and the application's dialects come before the
 * library's own.
 */
final class EndpointClients implements Function<Endpoint, EndpointClient> {

	private final Map<String, EndpointClient> clients = new LinkedHashMap<>();

	private final Map<String, KnownProvider> providers = new LinkedHashMap<>();

	/**
	 * Collects the clients.
	 * @param own the application's clients by provider
	 * @param dialects the application's dialects; if two are for the same provider, the
	 * first is used, and the library's own only if there is none
	 * @param ours makes the client of a dialect
	 */
	EndpointClients(Map<String, EndpointClient> own, List<Dialect> dialects, Function<Dialect, EndpointClient> ours) {
		own.forEach((provider, client) -> {
			this.clients.put(provider, client);
			this.providers.put(provider, KnownProvider.OWN_CLIENT);
		});
		for (Dialect dialect : Stream.concat(dialects.stream(), StandardDialects.all().stream()).toList()) {
			this.clients.computeIfAbsent(dialect.provider(), (provider) -> ours.apply(dialect));
			this.providers.putIfAbsent(dialect.provider(), KnownProvider.of(dialect));
		}
	}

	/** The known providers by name. */
	Map<String, KnownProvider> providers() {
		return this.providers;
	}

	@Override
	public EndpointClient apply(Endpoint endpoint) {
		EndpointClient client = this.clients.get(endpoint.provider());
		if (client == null) {
			throw new IllegalArgumentException(
					"provider: " + endpoint.provider() + " (expected: one of " + this.clients.keySet() + ")");
		}
		return client;
	}

}
