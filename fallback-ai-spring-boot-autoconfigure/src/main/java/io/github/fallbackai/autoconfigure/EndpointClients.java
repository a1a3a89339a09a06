package io.github.fallbackai.autoconfigure;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * The client of each kind of provider: those that the application brings, under the name
 * of their bean, and one for every dialect.
 */
final class EndpointClients implements Function<Endpoint, EndpointClient> {

	private final Map<String, EndpointClient> clients = new LinkedHashMap<>();

	private final Map<String, Optional<URI>> standardUrls = new LinkedHashMap<>();

	/**
	 * Collects the clients.
	 * @param own the application's clients by provider
	 * @param dialects the dialects; of two for the same provider the first is used
	 * @param ours makes the client of a dialect
	 */
	EndpointClients(Map<String, EndpointClient> own, List<Dialect> dialects, Function<Dialect, EndpointClient> ours) {
		own.forEach((provider, client) -> {
			this.clients.put(provider, client);
			this.standardUrls.put(provider, Optional.empty());
		});
		for (Dialect dialect : dialects) {
			this.clients.computeIfAbsent(dialect.provider(), (provider) -> ours.apply(dialect));
			this.standardUrls.putIfAbsent(dialect.provider(), Optional.ofNullable(dialect.defaultUrl()));
		}
	}

	/** The known providers, each with the address of an endpoint that sets none. */
	Map<String, Optional<URI>> standardUrls() {
		return this.standardUrls;
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
