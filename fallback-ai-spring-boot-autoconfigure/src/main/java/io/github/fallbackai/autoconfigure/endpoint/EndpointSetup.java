package io.github.fallbackai.autoconfigure.endpoint;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.RetrySettings;

/**
 * What the properties of an endpoint describe: the endpoint, and what its calls need to
 * know beside it.
 *
 * @param endpoint the endpoint
 * @param retry whether it is asked again after a failure
 * @param preferred whether it moves to the front of its chains
 * @param reasoning whether it has a reasoning model, which needs more time
 */
public record EndpointSetup(Endpoint endpoint, RetrySettings retry, boolean preferred, boolean reasoning) {

	public String describe() {
		return this.endpoint.name() + " (" + this.endpoint.provider() + ", " + this.endpoint.model() + ")";
	}

}
