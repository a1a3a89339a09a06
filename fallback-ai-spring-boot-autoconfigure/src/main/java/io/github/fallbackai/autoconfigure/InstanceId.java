// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;

import org.springframework.core.env.Environment;

/**
 * The name of this instance. The default name should be the same after a restart, so that
 * an instance does not count twice.
 *
 * @param name the name
 */
record InstanceId(String name) {

	/** The default port of Spring Boot's server. */
	private static final int DEFAULT_PORT = 8080;

	/** The name of an instance with a web server. */
	static InstanceId ofServer(FallbackAiProperties properties, Environment environment) {
		return of(properties, environment, environment.getProperty("server.port", Integer.class, DEFAULT_PORT));
	}

	/** The name of an instance without one. */
	static InstanceId ofProcess(FallbackAiProperties properties, Environment environment) {
		return of(properties, environment, 0);
	}

	private static InstanceId of(FallbackAiProperties properties, Environment environment, int port) {
		String configured = properties.getStateStore().getInstanceId();
		if (configured != null) {
			return new InstanceId(configured);
		}
		return new InstanceId(host(environment) + ':' + ((port > 0) ? port : "pid-" + ProcessHandle.current().pid()));
	}

	private static String host(Environment environment) {
		String host = environment.getProperty("HOSTNAME");
		if (host != null && !host.isBlank()) {
			return host;
		}
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "localhost";
		}
	}

}
