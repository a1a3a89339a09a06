// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.Map;
import java.util.TreeMap;

import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * The headers that requests of all dialects have: media types, authentication, and what
 * the endpoint adds.
 */
public final class RequestHeaders {

	private RequestHeaders() {
	}

	/**
	 * Collects the headers of a request.
	 * @param request the request
	 * @param authentication how the provider expects the key
	 * @return the headers; headers that the endpoint configures replace others
	 */
	public static Map<String, String> of(EndpointRequest request, Authentication authentication) {
		Endpoint endpoint = request.endpoint();
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.put("Content-Type", "application/json");
		headers.put("Accept", request.streaming() ? "text/event-stream, application/json" : "application/json");
		ApiKey key = endpoint.apiKey();
		String keyHeader = authentication.keyHeader(endpoint.auth());
		if (key != null && keyHeader != null) {
			boolean bearer = keyHeader.equals(Authentication.AUTHORIZATION);
			headers.put(keyHeader, bearer ? "Bearer " + key.reveal() : key.reveal());
		}
		headers.putAll(endpoint.headers());
		return headers;
	}

}
