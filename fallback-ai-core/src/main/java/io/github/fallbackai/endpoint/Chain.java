// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.util.List;

/**
 * A named, ordered list of endpoints: the first that may be tried gets the call, the
 * others are its fallbacks.
 *
 * @param name the chain's name
 * @param endpoints the endpoints in order of preference, at least one
 */
public record Chain(String name, List<Endpoint> endpoints) {

	/** The name of the chain that exists when none is configured. */
	public static final String DEFAULT = "default";

	public Chain {
		endpoints = List.copyOf(endpoints);
		if (endpoints.isEmpty()) {
			throw new IllegalArgumentException("chain '" + name + "': no endpoints (expected: at least one)");
		}
	}

	/** The first choice. An answer from any other endpoint is degraded. */
	public Endpoint first() {
		return this.endpoints.get(0);
	}

}
