// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.time.Duration;
import java.util.Map;

import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

@DemoTest
@Tag("slow")
class ProviderApiTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private Chaos chaos;

	@BeforeEach
	void heal() {
		this.chaos.end();
	}

	@Test
	void listsTheProvidersInOrder() {
		assertThat(this.chaos.providers()).extracting("name", "model", "mode", "circuitBreaker", "available", "active")
			.containsExactly(tuple("premium", "simulated-large-4", "healthy", "CLOSED", true, true),
					tuple("budget", "simulated-mini-4", "healthy", "CLOSED", true, false),
					tuple("last-resort", "simulated-tiny-1", "healthy", "CLOSED", true, false));
	}

	@ParameterizedTest
	@EnumSource
	void showsTheModeThatWasSet(ChaosMode mode) {
		this.chaos.set("budget", mode.id());
		assertThat(this.chaos.provider("budget")).containsEntry("mode", mode.id());
		assertThat(this.chaos.provider("premium")).containsEntry("mode", "healthy");
	}

	@Test
	void knowsOnlyItsProviders() {
		put("nobody", Map.of("mode", "healthy")).expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.error")
			.isEqualTo("There is no such provider, only premium, budget, last-resort.");
	}

	@Test
	void listsTheModesWhenItIsAskedForAnother() {
		put("premium", Map.of("mode", "on-fire")).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error")
			.isEqualTo("The body needs a 'mode', one of healthy, 429, 500, 503, hang, hang-mid-stream, cut-mid-stream, "
					+ "refuse, garbage.");
		put("premium", Map.of()).expectStatus().isBadRequest().expectBody().returnResult();
	}

	@Test
	void leavesAProviderAloneWhoseBreakerIsOpen() {
		this.chaos.openBreaker("premium", "500");
		Map<String, Object> open = this.chaos.provider("premium");
		assertThat(open).containsEntry("circuitBreaker", "OPEN")
			.containsEntry("available", false)
			.containsEntry("skipReason", "BREAKER_OPEN")
			.containsEntry("lastFailure", "SERVER_ERROR")
			.containsEntry("active", false);
		assertThat(this.chaos.provider("budget")).containsEntry("active", true);
		ask().expectBody().returnResult();
		assertThat(this.chaos.provider("premium")).containsEntry("requests", open.get("requests"));
	}

	@Test
	void asksARateLimitedProviderAgainWhenItsRetryAfterIsOver() {
		this.chaos.set("premium", "429");
		long asked = System.nanoTime();
		ask().expectBody().returnResult();
		this.chaos.set("premium", "healthy");
		await().atMost(Duration.ofMinutes(2)).until(() -> {
			Map<String, Object> provider = this.chaos.provider("premium");
			if (provider.get("available").equals(true)) {
				return true;
			}
			assertThat(provider).containsEntry("circuitBreaker", "CLOSED").containsEntry("skipReason", "COOLING_DOWN");
			assertThat((Integer) provider.get("skipRemainingMs")).isBetween(0, 6000);
			return false;
		});
		assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
		ask().expectBody().jsonPath("$.endpoint").isEqualTo("premium");
	}

	@Test
	void namesTheActiveModelInItsHealth() {
		expectActiveModel("simulated-large-4", false);
		this.chaos.openBreaker("premium", "refuse");
		expectActiveModel("simulated-mini-4", true);
	}

	private void expectActiveModel(String model, boolean degraded) {
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.components.fallbackAi.details.activeModel")
			.isEqualTo(model)
			.jsonPath("$.components.fallbackAi.details.degraded")
			.isEqualTo(degraded);
	}

	private ResponseSpec ask() {
		return this.client.post()
			.uri("/api/chat")
			.bodyValue(Map.of("message", "Hello"))
			.exchange()
			.expectStatus()
			.isOk();
	}

	private ResponseSpec put(String provider, Map<String, String> body) {
		return this.client.put().uri("/api/providers/{name}", provider).bodyValue(body).exchange();
	}

}
