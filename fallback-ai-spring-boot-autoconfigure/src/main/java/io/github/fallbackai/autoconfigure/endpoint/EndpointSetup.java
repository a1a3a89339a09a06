// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.RetrySettings;

/**
 * The result of an endpoint's properties: the endpoint, and the settings that its calls
 * need beside it.
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
