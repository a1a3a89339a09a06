package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.RetrySettings;

/**
 * An endpoint that the properties describe.
 *
 * @param endpoint the endpoint
 * @param retry whether it is asked again after a failure
 * @param preferred whether it moves to the front of its chains
 * @param reasoning whether it has a reasoning model, which needs more time
 */
record ConfiguredEndpoint(Endpoint endpoint, RetrySettings retry, boolean preferred, boolean reasoning) {

	String describe() {
		return this.endpoint.name() + " (" + this.endpoint.provider() + ", " + this.endpoint.model() + ")";
	}

}
