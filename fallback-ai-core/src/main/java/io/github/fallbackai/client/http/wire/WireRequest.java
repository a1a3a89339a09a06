// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A POST request with a JSON body. {@code toString()} hides headers, query and body.
 */
public final class WireRequest {

	private final URI uri;

	private final Map<String, String> headers;

	private final byte[] body;

	private final Duration connectTimeout;

	private final String endpoint;

	/**
	 * Creates a request.
	 * @param uri where to send it
	 * @param headers headers, authentication included; case of names does not matter
	 * @param body the JSON text in UTF-8, not to be changed afterwards
	 * @param connectTimeout how long connecting may take, positive
	 */
	public WireRequest(URI uri, Map<String, String> headers, byte[] body, Duration connectTimeout) {
		Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		copy.putAll(headers);
		this.uri = uri;
		this.headers = Collections.unmodifiableMap(copy);
		this.body = body;
		this.connectTimeout = connectTimeout;
		this.endpoint = "";
	}

	private WireRequest(WireRequest other, byte[] body, String endpoint) {
		this.uri = other.uri;
		this.headers = other.headers;
		this.body = body;
		this.connectTimeout = other.connectTimeout;
		this.endpoint = endpoint;
	}

	/** The same request with another body. */
	public WireRequest withBody(byte[] body) {
		return new WireRequest(this, body, this.endpoint);
	}

	/** The same request on behalf of an endpoint. */
	public WireRequest forEndpoint(String endpoint) {
		return new WireRequest(this, this.body, endpoint);
	}

	/** Where to send it. */
	public URI uri() {
		return this.uri;
	}

	/** Headers, authentication included. */
	public Map<String, String> headers() {
		return this.headers;
	}

	/** The JSON text in UTF-8; the array itself, not a copy. */
	public byte[] body() {
		return this.body;
	}

	/** How long connecting may take, TCP and TLS each. */
	public Duration connectTimeout() {
		return this.connectTimeout;
	}

	/**
	 * Name of the endpoint to which it belongs, so that a wire knows how to connect to
	 * it; empty for no certain endpoint.
	 */
	public String endpoint() {
		return this.endpoint;
	}

	@Override
	public String toString() {
		return "WireRequest[" + this.uri.getScheme() + "://" + this.uri.getAuthority() + this.uri.getPath() + ", "
				+ this.body.length + " bytes]";
	}

}
