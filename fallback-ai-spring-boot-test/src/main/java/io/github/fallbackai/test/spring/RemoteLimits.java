// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.util.Map;

/**
 * The limits of a remote endpoint for the simulator in its place. The library gives
 * models on this machine more time until their first content.
 */
final class RemoteLimits {

	private static final String FIRST_CONTENT = "timeout.first-content";

	private static final String OF_REMOTE_MODELS = "15s";

	private RemoteLimits() {
	}

	/**
	 * Makes the overrides of an endpoint.
	 * @param endpoint its name
	 * @param endpoints where it is configured, without a simulator
	 * @return the properties
	 */
	static Map<String, Object> of(String endpoint, ConfiguredEndpoints endpoints) {
		boolean standard = endpoints.value(endpoint, FIRST_CONTENT) == null
				&& !Boolean.parseBoolean(endpoints.value(endpoint, "reasoning"));
		boolean remote = !RemoteEndpoints.isLoopback(endpoints.value(endpoint, "url"));
		// A limit of the endpoint would win over those of attempts.
		return (standard && remote && !endpoints.haveAttemptTimeouts())
				? Map.of(ConfiguredEndpoints.override(endpoint, FIRST_CONTENT).toString(), OF_REMOTE_MODELS) : Map.of();
	}

}
