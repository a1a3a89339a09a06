package io.github.fallbackai.autoconfigure.chain;

import java.util.List;

import io.github.fallbackai.autoconfigure.endpoint.EndpointSetup;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * What all properties of endpoints and chains describe.
 *
 * @param endpoints the endpoints that are on, the preferred one first
 * @param chains the chains
 * @param defaultChain name of the chain of calls that name none
 */
public record FallbackSetup(List<EndpointSetup> endpoints, List<ChainSetup> chains, String defaultChain) {

	public List<Endpoint> onlyEndpoints() {
		return this.endpoints.stream().map(EndpointSetup::endpoint).toList();
	}

}
