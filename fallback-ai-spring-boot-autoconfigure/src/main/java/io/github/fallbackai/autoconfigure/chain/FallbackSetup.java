// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.autoconfigure.endpoint.EndpointSetup;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * What the properties describe: the parts of a template.
 *
 * @param endpoints the endpoints that are on, the preferred one first
 * @param chains the chains
 * @param defaultChain name of the chain for calls that name none
 * @param consumerStall how long a caller may take nothing of a stream
 */
public record FallbackSetup(List<EndpointSetup> endpoints, List<ChainSetup> chains, String defaultChain,
		Duration consumerStall) {

	public List<Endpoint> onlyEndpoints() {
		return this.endpoints.stream().map(EndpointSetup::endpoint).toList();
	}

	/** The chains, the one for calls that name none first. */
	public List<Chain> defaultFirst() {
		List<Chain> chains = new ArrayList<>();
		this.chains.forEach((chain) -> {
			boolean first = chain.name().equals(this.defaultChain);
			chains.add(first ? 0 : chains.size(), chain.chain());
		});
		return chains;
	}

}
