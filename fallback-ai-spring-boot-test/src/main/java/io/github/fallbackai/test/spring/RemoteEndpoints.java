// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The configured endpoints that are not on this machine. A test with simulators must not
 * ask them: they cost money, and make the test depend on a provider.
 */
final class RemoteEndpoints {

	private static final Pattern LOOPBACK_NAME = Pattern.compile("localhost|.+\\.localhost", Pattern.CASE_INSENSITIVE);

	/** Only addresses are looked up, which asks no name server. */
	private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

	private RemoteEndpoints() {
	}

	/**
	 * Switches them off, provided that an endpoint of the test is on this machine.
	 * @param environment the test's environment
	 * @return the properties that do so
	 */
	static Map<String, Object> off(Environment environment) {
		ConfiguredEndpoints endpoints = new ConfiguredEndpoints(environment);
		Map<String, Object> off = new LinkedHashMap<>();
		for (String name : endpoints.names()) {
			if (!isLoopback(endpoints.value(name, "url"))) {
				off.put(ConfiguredEndpoints.override(name, "enabled").toString(), false);
			}
		}
		return (off.size() < endpoints.names().size()) ? off : Map.of();
	}

	static boolean isLoopback(@Nullable String url) {
		try {
			String host = (url != null) ? URI.create(url.strip()).getHost() : null;
			return host != null && (LOOPBACK_NAME.matcher(host).matches()
					|| (ADDRESS.matcher(host).matches() && InetAddress.getByName(host).isLoopbackAddress()));
		}
		catch (IllegalArgumentException | UnknownHostException ex) {
			return false;
		}
	}

}
