package io.github.fallbackai.autoconfigure;

import java.util.List;

import io.github.fallbackai.endpoint.Endpoint;

/**
 * All that the properties describe.
 *
 * @param endpoints the endpoints that are on, the preferred one first
 * @param chains the chains
 * @param defaultChain name of the chain of calls that name none
 */
record ConfiguredChains(List<ConfiguredEndpoint> endpoints, List<ConfiguredChain> chains, String defaultChain) {

	List<Endpoint> onlyEndpoints() {
		return this.endpoints.stream().map(ConfiguredEndpoint::endpoint).toList();
	}

}
