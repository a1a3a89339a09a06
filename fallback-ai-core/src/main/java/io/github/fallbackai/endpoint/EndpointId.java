// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity under which state about an endpoint is kept. An endpoint that keeps its
 * name but moves to another provider, URL or model is a different endpoint and inherits
 * nothing.
 *
 * @param name the endpoint's name
 * @param fingerprint a hash of provider, URL and model
 */
public record EndpointId(String name, String fingerprint) {

	private static final int FINGERPRINT_BYTES = 8;

	static EndpointId of(String name, String provider, URI url, String model) {
		String identity = provider + '\n' + url + '\n' + model;
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
			return new EndpointId(name, HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return this.name + '@' + this.fingerprint;
	}

}
