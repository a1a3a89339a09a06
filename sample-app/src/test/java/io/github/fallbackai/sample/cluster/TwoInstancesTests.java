// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.github.fallbackai.sample.SampleApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import redis.embedded.RedisServer;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chatbot twice, as {@code docs/cluster.md} starts it, and once without Redis.
 */
@Tag("slow")
class TwoInstancesTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** Up to here no system takes ports by itself, and a program seldom does. */
	private static final int FIRST_PORT = 20_000;

	private static final int LAST_PORT = 30_000;

	private static RedisServer redis;

	private static int port;

	@BeforeAll
	static void start() throws IOException {
		port = freePorts(1);
		try {
			redis = new RedisServer(port);
			redis.start();
		}
		catch (IOException ex) {
			if (System.getenv("FALLBACK_AI_CI") == null) {
				throw new TestAbortedException("the Redis server of embedded-redis does not run on this machine", ex);
			}
			throw ex;
		}
	}

	@AfterAll
	static void stop() throws IOException {
		if (redis != null) {
			redis.stop();
		}
	}

	@Test
	void whatOneInstanceLearnsTheOtherKnows() {
		int simulators = freePorts(3);
		try (ConfigurableApplicationContext first = instance("demo,redis", simulators, "elsewhere=false");
				ConfigurableApplicationContext second = instance("demo,redis", simulators, "elsewhere=true")) {
			breakPremium(first).isOk().expectBody().returnResult();
			for (int i = 0; i < 3; i++) {
				ask(first);
			}

			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> client(second).get()
					.uri("/api/providers")
					.exchange()
					.expectBody()
					.jsonPath("$[0].circuitBreaker")
					.isEqualTo("OPEN"));
			ask(second);
			breakPremium(second).isEqualTo(409).expectBody().returnResult();
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(health(second)).contains("\"type\":\"redis\"", "\"reachable\":true"));
		}
	}

	@Test
	void redisHasNoEffectWithoutTheProfile() {
		try (ConfigurableApplicationContext alone = instance("demo", 0, "elsewhere=false")) {
			ask(alone);
			assertThat(health(alone)).contains("\"type\":\"memory\"").doesNotContain("\"redis\"");
		}
	}

	private static ConfigurableApplicationContext instance(String profiles, int simulators, String elsewhere) {
		return new SpringApplicationBuilder(SampleApplication.class).run("--spring.profiles.active=" + profiles,
				"--server.port=0", "--spring.data.redis.port=" + port, "--sample.speed=50",
				"--sample.simulators.first-port=" + simulators, "--sample.simulators." + elsewhere,
				"--fallback.ai.state-store.command-timeout=10s", "--fallback.ai.deadline=5m",
				"--fallback.ai.defaults.timeout.connect=30s", "--fallback.ai.defaults.timeout.first-content=1m",
				"--fallback.ai.defaults.timeout.idle=1m", "--fallback.ai.defaults.timeout.total=5m",
				"--fallback.ai.defaults.circuit-breaker.recovery-timeout=5m",
				"--fallback.ai.defaults.circuit-breaker.max-recovery-timeout=10m");
	}

	private static StatusAssertions breakPremium(ConfigurableApplicationContext instance) {
		return client(instance).put()
			.uri("/api/providers/premium")
			.bodyValue(Map.of("mode", "500"))
			.exchange()
			.expectStatus();
	}

	private static void ask(ConfigurableApplicationContext instance) {
		client(instance).post()
			.uri("/api/chat")
			.bodyValue(Map.of("message", "Hello"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult();
	}

	private static String health(ConfigurableApplicationContext instance) {
		return client(instance).get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private static WebTestClient client(ConfigurableApplicationContext instance) {
		int server = ((ReactiveWebServerApplicationContext) instance).getWebServer().getPort();
		return WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + server).responseTimeout(PATIENCE).build();
	}

	/**
	 * The first of some ports in a row that are free. They are bound much later, so they
	 * are not among those which the system gives to those who ask for any.
	 */
	private static int freePorts(int count) {
		while (true) {
			int first = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
			if (IntStream.range(first, first + count).allMatch(TwoInstancesTests::free)) {
				return first;
			}
		}
	}

	private static boolean free(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort() == port;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
