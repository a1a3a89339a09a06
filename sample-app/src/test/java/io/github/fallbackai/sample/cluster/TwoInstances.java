// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;

import io.github.fallbackai.sample.SampleApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.RedisServer;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The chatbot twice, on ports 8080 and 8081, with a Redis of their own and the same
 * simulated providers. Needs neither Docker nor an installed Redis; see
 * {@code docs/cluster.md}.
 */
public final class TwoInstances {

	private static final Logger logger = LoggerFactory.getLogger(TwoInstances.class);

	private static final int FIRST = 8080;

	private static final int SECOND = 8081;

	private TwoInstances() {
	}

	/**
	 * Runs until the process is ended.
	 * @param args properties of Spring Boot, for both
	 * @throws IOException if Redis cannot be started
	 */
	public static void main(String[] args) throws IOException {
		int port = freePort();
		RedisServer redis = new RedisServer(port);
		redis.start();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(redis)));
		start(args, FIRST, port, "elsewhere=false");
		start(args, SECOND, port, "elsewhere=true");
		logger.info("Two instances share a Redis on port {}: http://localhost:{} and http://localhost:{}", port, FIRST,
				SECOND);
	}

	private static ConfigurableApplicationContext start(String[] args, int server, int redis, String simulators) {
		return new SpringApplicationBuilder(SampleApplication.class)
			.properties("spring.profiles.active=demo,redis", "spring.data.redis.port=" + redis,
					"sample.simulators." + simulators)
			.run(withPort(args, server));
	}

	/** Only an argument is stronger than the sample's own configuration. */
	private static String[] withPort(String[] args, int server) {
		String[] all = Arrays.copyOf(args, args.length + 1);
		all[args.length] = "--server.port=" + server;
		return all;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void stop(RedisServer redis) {
		try {
			redis.stop();
		}
		catch (IOException ex) {
			logger.warn("Redis may still run", ex);
		}
	}

}
