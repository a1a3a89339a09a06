// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.chain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.endpoint.EndpointNames;
import io.github.fallbackai.autoconfigure.endpoint.EndpointSetup;

/**
 * Finds the endpoints that a chain lists by name.
 */
final class ChainMembers {

	private final Map<String, EndpointSetup> on;

	private final EndpointNames names;

	/**
	 * Creates a finder.
	 * @param on the endpoints that are on, by name, in order of preference
	 * @param names all endpoints, those that are off included
	 */
	ChainMembers(Map<String, EndpointSetup> on, EndpointNames names) {
		this.on = on;
		this.names = names;
	}

	/**
	 * Finds the endpoints of a chain.
	 * @param chain the chain
	 * @return its endpoints that are on, a preferred one first
	 * @throws InvalidFallbackConfigurationException if a name matches no endpoint, or
	 * none of the chain's endpoints is on
	 */
	List<EndpointSetup> of(LayeredChainProperties chain) {
		List<String> listed = chain.members();
		if (listed == null) {
			return List.copyOf(this.on.values());
		}
		List<EndpointSetup> members = new ArrayList<>();
		for (String name : unique(chain, listed)) {
			EndpointSetup member = this.on.get(name);
			if (member != null) {
				members.add(member.preferred() ? 0 : members.size(), member);
			}
		}
		if (members.isEmpty()) {
			throw noMember(chain, listed);
		}
		return members;
	}

	private Set<String> unique(LayeredChainProperties chain, List<String> listed) {
		Set<String> names = new LinkedHashSet<>();
		for (int index = 0; index < listed.size(); index++) {
			String property = chain.ownProperty("endpoints[" + index + "]");
			String name = this.names.require(listed.get(index), property);
			if (!names.add(name)) {
				throw new InvalidFallbackConfigurationException(property,
						"endpoint " + name + " is in this chain already", "List every endpoint once.");
			}
		}
		return names;
	}

	private static InvalidFallbackConfigurationException noMember(LayeredChainProperties chain, List<String> listed) {
		String property = chain.ownProperty("endpoints");
		if (listed.isEmpty()) {
			return new InvalidFallbackConfigurationException(property, "missing (expected: names of endpoints)",
					"List the names of the chain's endpoints in order of preference, or remove the chain.");
		}
		return new InvalidFallbackConfigurationException(property,
				"every endpoint of this chain is off: " + String.join(", ", listed),
				"Give at least one of them a key, add another endpoint, or remove the chain.");
	}

}
