package io.github.fallbackai.endpoint;

/**
 * Adjusts endpoints that were made of the application's properties, for what properties
 * cannot say, for example a header that is computed. A bean of this type is applied to
 * every endpoint, several in their order, once at startup and before an endpoint's
 * circuit breaker is made.
 */
@FunctionalInterface
public interface EndpointCustomizer {

	/**
	 * Adjusts an endpoint.
	 * @param endpoint the endpoint so far
	 * @return the endpoint to use, of the same name; the one given to leave it alone
	 */
	Endpoint customize(Endpoint endpoint);

}
