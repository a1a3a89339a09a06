// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import io.github.fallbackai.endpoint.EndpointId;
import org.jspecify.annotations.Nullable;

/**
 * What instances tell one another about an endpoint. Times are durations from the moment
 * at which the value is handed over, because the clocks of two machines do not agree.
 *
 * @param endpoint the endpoint
 * @param version the version of this state
 * @param breaker what the circuit breaker decided
 * @param coolDown the cool-down under way, {@code null} if there is none
 * @param origin the instance that published it first, {@code null} if that is not known
 */
public record EndpointState(EndpointId endpoint, Version version, BreakerVerdict breaker, @Nullable CoolDown coolDown,
		@Nullable String origin) {

	/** A state that does not say where it comes from. */
	public EndpointState(EndpointId endpoint, Version version, BreakerVerdict breaker, @Nullable CoolDown coolDown) {
		this(endpoint, version, breaker, coolDown, null);
	}

}
