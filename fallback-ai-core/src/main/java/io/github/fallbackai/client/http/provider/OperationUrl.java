// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Builds the address of an operation below a base URL. The query of the base URL stays
 * behind the path.
 */
public final class OperationUrl {

	private OperationUrl() {
	}

	/**
	 * Adds a path.
	 * @param base the base URL
	 * @param path the path to add, encoded, beginning with a slash
	 * @return the address
	 */
	public static URI append(URI base, String path) {
		return replacePath(base, path(base) + path);
	}

	/**
	 * Replaces the path.
	 * @param url the URL
	 * @param path the path, encoded
	 * @return the address
	 */
	public static URI replacePath(URI url, String path) {
		String query = (url.getRawQuery() != null) ? "?" + url.getRawQuery() : "";
		return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + query);
	}

	/**
	 * Adds a parameter to the query, unless the URL has a parameter of that name.
	 * @param url the URL
	 * @param name name of the parameter
	 * @param value its value, encoded
	 * @return the address
	 */
	public static URI withParameter(URI url, String name, String value) {
		String query = url.getRawQuery();
		if (query != null && ("&" + query).contains("&" + name + "=")) {
			return url;
		}
		return URI.create(url + ((query != null) ? "&" : "?") + name + "=" + value);
	}

	/**
	 * The encoded path of a URL without a slash at its end.
	 * @param url the URL
	 * @return the path, possibly empty
	 */
	public static String path(URI url) {
		String path = (url.getRawPath() != null) ? url.getRawPath() : "";
		return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

	/**
	 * Encodes a name as part of a path; slashes within it remain.
	 * @param name the name, for example of a model
	 * @return the encoded name
	 * @throws IllegalArgumentException if there is no way to encode it
	 */
	public static String encode(String name) {
		try {
			return new URI(null, null, "/" + name, null).getRawPath().substring(1);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("name: not suitable for a URL", ex);
		}
	}

}
