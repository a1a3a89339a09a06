// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.Set;
import java.util.function.Predicate;

import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

import static java.util.stream.Collectors.toUnmodifiableSet;

/**
 * Where a request goes.
 *
 * @param chain the chain
 * @param target the endpoint, model group or model to start from, {@code null} for the
 * first
 */
record Destination(Chain chain, @Nullable String target) {

	/** The endpoint from which the request starts if it is available. */
	Endpoint first() {
		return this.chain.endpoints()
			.stream()
			.filter((endpoint) -> this.target == null || this.target.equals(endpoint.name())
					|| this.target.equals(endpoint.modelGroup()) || this.target.equals(endpoint.model()))
			.findFirst()
			.orElseGet(() -> this.chain.endpoints().get(0));
	}

	/** Names of the endpoints that can do something. */
	Set<String> endpoints(Predicate<Endpoint> can) {
		return this.chain.endpoints().stream().filter(can).map(Endpoint::name).collect(toUnmodifiableSet());
	}

}
