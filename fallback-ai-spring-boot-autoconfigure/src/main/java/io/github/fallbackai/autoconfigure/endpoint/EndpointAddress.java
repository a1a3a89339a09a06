package io.github.fallbackai.autoconfigure.endpoint;

import java.net.URI;
import java.net.URISyntaxException;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.endpoint.EndpointUrl;
import org.jspecify.annotations.Nullable;

/**
 * The address of an endpoint, checked. Errors never show it, since people put secrets
 * into URLs.
 *
 * @param location the address
 */
record EndpointAddress(EndpointUrl location) {

	private static final String URL = "url";

	private static final int LAST_PORT = 65_535;

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
		EndpointUrl location = parse(endpoint, text);
		int port = location.url().getPort();
		if (port == 0 || port > LAST_PORT) {
			throw invalid(endpoint, "has a port that cannot exist (expected: 1 to " + LAST_PORT + ")");
		}
		if (location.url().getRawUserInfo() != null) {
			throw invalid(endpoint, "has credentials in it, which would end up in logs");
		}
		if (location.forbidden()) {
			throw invalid(endpoint, "a link-local address or a metadata service, where no provider is");
		}
		return new EndpointAddress(location);
	}

	private static EndpointUrl parse(LayeredEndpointProperties endpoint, String text) {
		try {
			return new EndpointUrl(new URI(endpoint.resolved(URL, text).strip()));
		}
		catch (URISyntaxException ex) {
			throw invalid(endpoint, "not a URL, at character " + ex.getIndex());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(endpoint, "needs a scheme, http or https, and a host that is valid");
		}
	}

	private static InvalidFallbackConfigurationException invalid(LayeredEndpointProperties endpoint, String reason) {
		return endpoint.invalid(URL, reason,
				"Set an absolute URL such as https://api.openai.com/v1, or none for the provider's default.");
	}

	URI url() {
		return this.location.url();
	}

	boolean loopback() {
		return this.location.loopback();
	}

	/**
	 * Refuses to send a key to another machine in the clear.
	 * @param endpoint the endpoint
	 */
	void protectKey(LayeredEndpointProperties endpoint) {
		EndpointProperties properties = endpoint.properties();
		boolean sendsKey = EndpointKey.inHeader(endpoint) != null || EndpointKey.isSent(endpoint);
		if (sendsKey && !this.location.confidential() && !properties.isAllowInsecure()) {
			throw endpoint.invalid(URL, "would send the API key over plain HTTP to another machine",
					"Use https, or set allow-insecure to true for this endpoint if the network is trusted.");
		}
	}

}
