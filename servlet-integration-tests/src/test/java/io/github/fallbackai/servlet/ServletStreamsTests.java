// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.servlet;

import java.io.BufferedReader;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams of a Spring MVC application, whose requests have virtual threads where Java has
 * them.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.threads.virtual.enabled=true", "fallback.ai.endpoints[0].name=primary",
				"fallback.ai.endpoints[0].model=large", "fallback.ai.endpoints[1].name=backup",
				"fallback.ai.endpoints[1].model=small", "fallback.ai.defaults.circuit-breaker.failure-threshold=100",
				"fallback.ai.defaults.timeout.idle=10m", "fallback.ai.state-store.type=memory" })
@Tag("slow")
class ServletStreamsTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final int TOKENS = 6;

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private Http http;

	@BeforeEach
	void connect(@Value("${local.server.port}") int port) {
		this.http = new Http(port);
	}

	@Test
	void survivesThePrimarysDeathAtEveryToken() throws Exception {
		for (int tokens = 0; tokens < TOKENS; tokens++) {
			primary.next(Outcome.healthy().cutAfterTokens(tokens));
			String events = this.http.get("/events");
			assertThat(Http.deltas(events)).as("after %d tokens", tokens).isEqualTo(primary.answerTo("Hello"));
			assertThat(events.lines().filter((line) -> line.startsWith("event:")).distinct())
				.containsExactly(expected(tokens));
		}
		assertThat(backup.requestCount()).isEqualTo(TOKENS);
	}

	private static String[] expected(int tokens) {
		return (tokens > 0) ? new String[] { "event:delta", "event:switch", "event:done" }
				: new String[] { "event:switch", "event:delta", "event:done" };
	}

	@Test
	void aClientThatLeavesCancelsTheProvidersCall() throws Exception {
		String longAnswer = IntStream.range(0, 2000).mapToObj((word) -> "word" + word).collect(Collectors.joining(" "));
		primary.next(Outcome.answer(longAnswer).tokensEvery(Duration.ofMillis(50)));
		try (BufferedReader events = this.http.open("/events")) {
			assertThat(events.lines().anyMatch("event:delta"::equals)).isTrue();
		}
		assertThat(primary.awaitRequests(1, PATIENCE).get(0).awaitEnding(PATIENCE))
			.isEqualTo(Ending.CANCELLED_BY_CLIENT);
		assertThat(backup.requestCount()).isZero();
	}

	/** Nothing else is written then, so the container would not notice. */
	@Test
	void aClientThatLeavesASilentProviderCancelsItsCall() throws Exception {
		primary.next(Outcome.healthy().hangAfterTokens(1));
		try (BufferedReader events = this.http.open("/events")) {
			assertThat(events.lines().anyMatch("event:delta"::equals)).isTrue();
		}
		assertThat(primary.awaitRequests(1, PATIENCE).get(0).awaitEnding(PATIENCE))
			.isEqualTo(Ending.CANCELLED_BY_CLIENT);
		assertThat(backup.requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/events", "/blocking" })
	void requestsHaveVirtualThreadsWhereJavaHasThem(String path, @Autowired ChatController controller)
			throws Exception {
		this.http.get(path);
		boolean there = Runtime.version().feature() >= 21;
		assertThat(controller.server().getClass().getName().contains("VirtualThread")).isEqualTo(there);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(ChatController.class)
	static class Application {

	}

}
