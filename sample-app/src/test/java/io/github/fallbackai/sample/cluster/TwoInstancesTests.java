package io.github.fallbackai.sample.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;

import io.github.fallbackai.sample.SampleApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import redis.embedded.RedisServer;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chatbot twice, as {@code docs/cluster.md} starts it, and once without Redis.
 */
class TwoInstancesTests {

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
		redis.stop();
	}

	@Test
	void whatOneInstanceLearnsTheOtherKnows() throws IOException {
		int simulators = freePorts(3);
		try (ConfigurableApplicationContext first = instance("demo,redis", simulators, "elsewhere=false");
				ConfigurableApplicationContext second = instance("demo,redis", simulators, "elsewhere=true")) {
			client(first).put().uri("/api/providers/premium").bodyValue(Map.of("mode", "500")).exchange();
			for (int i = 0; i < 3; i++) {
				ask(first);
			}

			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> client(second).get()
					.uri("/api/providers")
					.exchange()
					.expectBody()
					.jsonPath("$[0].circuitBreaker")
					.isEqualTo("OPEN"));
			ask(second);
			client(second).put()
				.uri("/api/providers/premium")
				.bodyValue(Map.of("mode", "500"))
				.exchange()
				.expectStatus()
				.isEqualTo(409);
			assertThat(health(second)).contains("\"type\":\"redis\"", "\"reachable\":true");
		}
	}

	@Test
	void redisHasNoEffectWithoutTheProfile() throws IOException {
		try (ConfigurableApplicationContext alone = instance("demo", 0, "elsewhere=false")) {
			ask(alone);
			assertThat(health(alone)).contains("\"type\":\"memory\"").doesNotContain("\"redis\"");
		}
	}

	private static ConfigurableApplicationContext instance(String profiles, int simulators, String elsewhere) {
		return new SpringApplicationBuilder(SampleApplication.class).run("--spring.profiles.active=" + profiles,
				"--server.port=0", "--spring.data.redis.port=" + port, "--sample.speed=50",
				"--sample.simulators.first-port=" + simulators, "--sample.simulators." + elsewhere);
	}

	private static void ask(ConfigurableApplicationContext instance) {
		client(instance).post().uri("/api/chat").bodyValue(Map.of("message", "Hello")).exchange().expectStatus().isOk();
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
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + server)
			.responseTimeout(Duration.ofSeconds(20))
			.build();
	}

	/** The first of some ports in a row that nobody uses. */
	private static int freePorts(int count) throws IOException {
		while (true) {
			int first;
			try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				first = socket.getLocalPort();
			}
			int next = 1;
			while (next < count && free(first + next)) {
				next++;
			}
			if (next >= count) {
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
