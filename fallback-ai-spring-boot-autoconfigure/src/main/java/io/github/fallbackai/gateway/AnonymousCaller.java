// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;

import org.springframework.http.HttpHeaders;

/**
 * Checks whether a caller without a key is a program on this machine. A web page in a
 * browser on this machine is not, although its requests come from here too. It is
 * recognised by the origin that browsers add, by a foreign name in {@code Host} that a
 * name server points to this machine, or by a type of content that pages may send without
 * permission.
 */
final class AnonymousCaller {

	private static final Pattern JSON = Pattern.compile("\\s*application/json\\s*(;|$)", Pattern.CASE_INSENSITIVE);

	private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

	private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

	private AnonymousCaller() {
	}

	/**
	 * Checks where a request comes from.
	 * @param headers the headers of the request
	 * @throws RejectedRequestException if it may come from a web page
	 */
	static void check(HttpHeaders headers) {
		List<String> hosts = headers.getValuesAsList(HttpHeaders.HOST);
		if (hosts.isEmpty() || !hosts.stream().allMatch(AnonymousCaller::isLoopback)) {
			throw refused("forbidden_host", "Without a key, only this machine's own names are answered: "
					+ "use localhost or 127.0.0.1 as the host, or a client with a key.");
		}
		if (!headers.getValuesAsList(HttpHeaders.ORIGIN).stream().allMatch(AnonymousCaller::isLoopbackOrigin)) {
			throw refused("forbidden_origin",
					"Web pages from elsewhere are not answered without a key: use a client with one.");
		}
		String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		if (type != null && !JSON.matcher(type).lookingAt()) {
			throw new RejectedRequestException(
					new GatewayError(415, GatewayError.INVALID_REQUEST, "unsupported_media_type", null,
							"Without a key, the body has to be JSON: send 'Content-Type: application/json'.", null));
		}
	}

	private static boolean isLoopbackOrigin(String origin) {
		int scheme = origin.indexOf("://");
		return scheme > 0 && origin.regionMatches(true, 0, "http", 0, 4) && isLoopback(origin.substring(scheme + 3));
	}

	private static boolean isLoopback(String hostAndPort) {
		String host = PORT.matcher(hostAndPort.strip()).replaceFirst("").toLowerCase(Locale.ROOT);
		return host.equals("localhost") || host.endsWith(".localhost") || host.equals("[::1]")
				|| IPV4_LOOPBACK.matcher(host).matches();
	}

	private static RejectedRequestException refused(String code, String message) {
		return new RejectedRequestException(
				new GatewayError(403, GatewayError.INVALID_REQUEST, code, null, message, null));
	}

}
