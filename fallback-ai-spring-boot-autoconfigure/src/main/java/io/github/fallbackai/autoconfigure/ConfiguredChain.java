package io.github.fallbackai.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.policy.CallSettings;

/**
 * A chain that the properties describe.
 *
 * @param name name of the chain
 * @param endpoints its endpoints in order of preference
 * @param settings how its calls are carried out
 */
record ConfiguredChain(String name, List<ConfiguredEndpoint> endpoints, CallSettings settings) {

	Chain chain() {
		return new Chain(this.name, this.endpoints.stream().map(ConfiguredEndpoint::endpoint).toList());
	}

	String describe() {
		return this.endpoints.stream().map(ConfiguredEndpoint::describe).collect(Collectors.joining(", then "));
	}

}
