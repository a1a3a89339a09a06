// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

/**
 * Adjusts endpoints that were made from the application's properties, where properties
 * are not enough, for example for a computed header. A bean of this type is applied to
 * every endpoint, once at startup, before the endpoint's circuit breaker is made. Several
 * beans are applied in their order.
 */
@FunctionalInterface
public interface EndpointCustomizer {

	/**
	 * Adjusts an endpoint.
	 * @param endpoint the endpoint so far
	 * @return the endpoint to use, of the same name; the given one to change nothing
	 */
	Endpoint customize(Endpoint endpoint);

}
