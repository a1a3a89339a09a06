// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import reactor.netty.http.server.HttpServerRequest;

/**
 * The request line and the headers of a request, detached from the connection.
 *
 * @param method the HTTP method
 * @param uri the path with its query
 * @param headers the headers, names in lower case
 */
record RequestHead(String method, String uri, Map<String, List<String>> headers) {

	static RequestHead of(HttpServerRequest request) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		request.requestHeaders()
			.forEach((header) -> headers
				.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
				.add(header.getValue()));
		return new RequestHead(request.method().name(), request.uri(), headers);
	}

	static String path(String uri) {
		int query = uri.indexOf('?');
		return (query < 0) ? uri : uri.substring(0, query);
	}

	String path() {
		return path(this.uri);
	}

	@Override
	public String toString() {
		return this.method + " " + path();
	}

}
