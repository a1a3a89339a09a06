package io.github.fallbackai.client.http.provider;

import java.util.Map;
import java.util.TreeMap;

import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.AuthScheme;
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
	 * @param defaultScheme how the key is sent unless the endpoint says otherwise
	 * @param apiKeyHeader name of the header for {@link AuthScheme#API_KEY}
	 * @return the headers; those that the endpoint configures win
	 */
	public static Map<String, String> of(EndpointRequest request, AuthScheme defaultScheme, String apiKeyHeader) {
		Endpoint endpoint = request.endpoint();
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.put("Content-Type", "application/json");
		headers.put("Accept", request.streaming() ? "text/event-stream, application/json" : "application/json");
		ApiKey key = endpoint.apiKey();
		if (key != null) {
			AuthScheme scheme = (endpoint.auth() != null) ? endpoint.auth() : defaultScheme;
			switch (scheme) {
				case BEARER -> headers.put("Authorization", "Bearer " + key.reveal());
				case API_KEY -> headers.put(apiKeyHeader, key.reveal());
				case NONE -> {
				}
			}
		}
		headers.putAll(endpoint.headers());
		return headers;
	}

}
