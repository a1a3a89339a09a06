// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.chain;

import java.util.List;
import java.util.stream.Collectors;

import io.github.fallbackai.autoconfigure.endpoint.EndpointSetup;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.policy.CallSettings;

/**
 * What the properties of a chain describe: its endpoints, and the settings of its calls.
 *
 * @param name name of the chain
 * @param endpoints its endpoints in order of preference
 * @param settings how its calls are carried out
 */
public record ChainSetup(String name, List<EndpointSetup> endpoints, CallSettings settings) {

	public Chain chain() {
		return new Chain(this.name, this.endpoints.stream().map(EndpointSetup::endpoint).toList());
	}

	String describe() {
		return this.endpoints.stream().map(EndpointSetup::describe).collect(Collectors.joining(", then "));
	}

}
