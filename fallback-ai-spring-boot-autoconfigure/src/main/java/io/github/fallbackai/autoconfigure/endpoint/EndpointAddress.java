// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.net.URI;
import java.net.URISyntaxException;

import io.github.fallbackai.endpoint.EndpointUrl;
import io.github.fallbackai.endpoint.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * The address of an endpoint, checked. Errors never show it, because URLs may hold
 * secrets.
 *
 * @param location the address
 */
record EndpointAddress(EndpointUrl location) {

	private static final String URL = "url";

	/**
	 * Reads the address of an endpoint.
	 * @param endpoint the endpoint
	 * @param standard the address of an endpoint that sets none, {@code null} if its
	 * provider has no such address
	 * @return the address
	 */
	static EndpointAddress of(LayeredEndpointProperties endpoint, @Nullable URI standard) {
		String text = endpoint.properties().getUrl();
		if (text == null) {
			if (standard == null) {
				throw endpoint.invalid(URL, "missing (provider " + endpoint.provider() + " has no default)",
						"Set the base URL of the provider's API.");
			}
			return new EndpointAddress(new EndpointUrl(standard));
		}
		URI url = parse(endpoint, endpoint.resolved(URL, text).strip());
		return endpoint.value(() -> new EndpointAddress(new EndpointUrl(url)));
	}

	private static URI parse(LayeredEndpointProperties endpoint, String text) {
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			throw endpoint.invalid(new InvalidValueException(URL, "not a URL, at character " + ex.getIndex()));
		}
	}

	URI url() {
		return this.location.url();
	}

	boolean loopback() {
		return this.location.loopback();
	}

	/**
	 * Refuses to send a key to another machine without encryption, a key in a header
	 * included.
	 * @param endpoint the endpoint
	 */
	void protectKey(LayeredEndpointProperties endpoint) {
		boolean sendsKey = EndpointKey.inHeader(endpoint) != null || EndpointKey.isSent(endpoint);
		if (sendsKey && !this.location.mayCarryKey(endpoint.properties().isAllowInsecure())) {
			throw endpoint.invalid(URL, "would send the API key over plain HTTP to another machine",
					"Use https, or set allow-insecure to true for this endpoint if the network is trusted.");
		}
	}

}
