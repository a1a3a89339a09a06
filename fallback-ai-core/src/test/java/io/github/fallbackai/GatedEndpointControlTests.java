// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.client.CredentialsProvider;
import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * Tests of {@link GatedEndpointControl}.
 */
class GatedEndpointControlTests {

	private static final Endpoint ENDPOINT = Endpoint.named("primary")
		.model("large")
		.url(URI.create("https://api.example.com/v1"))
		.build();

	/** A secret store that does not answer, or a file on a mount that hangs. */
	@Test
	void reloadsNoLongerThanTenSeconds() {
		CredentialsProvider hanging = (endpoint, request) -> Mono.never();
		StepVerifier.withVirtualTime(() -> new GatedEndpointControl(List.of(ENDPOINT),
				EndpointGates.builder().endpoints(List.of(ENDPOINT)).build(), hanging, (event) -> {
				})
			.reloadCredentials("primary"))
			.expectSubscription()
			.thenAwait(Duration.ofSeconds(10))
			.expectNextCount(1)
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

}
