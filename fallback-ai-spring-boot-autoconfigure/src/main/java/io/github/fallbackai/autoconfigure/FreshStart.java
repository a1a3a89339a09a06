// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.OperatorControl;
import io.github.fallbackai.endpoint.Endpoint;
import reactor.core.publisher.Flux;

/**
 * Forgets what calls and operators did to the endpoints, so that the next test finds them
 * as after the start. No listener is told of it. Used by the test module, by the names of
 * its bean and its method: a type of Java's would make it a candidate for injection.
 */
final class FreshStart {

	private static final Duration LONGEST = Duration.ofSeconds(5);

	private final List<Endpoint> endpoints;

	private final EndpointGates gates;

	FreshStart(List<Endpoint> endpoints, EndpointGates gates) {
		this.endpoints = endpoints;
		this.gates = gates;
	}

	void forget() {
		Flux.fromIterable(this.endpoints).concatMap((endpoint) -> {
			OperatorControl control = this.gates.control(endpoint);
			return control.enable().then(control.reset());
		}).blockLast(LONGEST);
	}

}
