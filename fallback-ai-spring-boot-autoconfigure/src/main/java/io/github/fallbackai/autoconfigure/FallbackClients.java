// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.function.Function;

import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The clients that calls use: those of the providers, behind drills if these are enabled.
 */
final class FallbackClients implements Function<Endpoint, EndpointClient> {

	private final Function<Endpoint, EndpointClient> clients;

	FallbackClients(EndpointClients clients, @Nullable Drills drills) {
		this.clients = (drills != null) ? drills.around(clients) : clients;
	}

	@Override
	public EndpointClient apply(Endpoint endpoint) {
		return this.clients.apply(endpoint);
	}

}
