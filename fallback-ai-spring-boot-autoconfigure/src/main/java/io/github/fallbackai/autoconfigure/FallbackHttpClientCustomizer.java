// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import reactor.netty.http.client.HttpClient;

/**
 * A bean of this type adjusts the HTTP client that calls the providers, for example its
 * TLS context or its proxy. Several are applied in their order. Redirects, retries and
 * HTTP/2 stay off, and timeouts stay those of the endpoint.
 */
@FunctionalInterface
public interface FallbackHttpClientCustomizer {

	/**
	 * Adjusts the client.
	 * @param client the client so far
	 * @return the client to use
	 */
	HttpClient customize(HttpClient client);

}
