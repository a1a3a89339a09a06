// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The chaos panel for tests, over the HTTP API.
 */
@TestComponent
public class Chaos {

	private static final ParameterizedTypeReference<List<Map<String, Object>>> LIST = new ParameterizedTypeReference<>() {
	};

	private final WebTestClient client;

	private final CircuitBreakerRegistry breakers;

	Chaos(@Lazy WebTestClient client, CircuitBreakerRegistry breakers) {
		this.client = client;
		this.breakers = breakers;
	}

	/** Every provider in order. */
	public List<Map<String, Object>> providers() {
		return this.client.get()
			.uri("/api/providers")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(LIST)
			.returnResult()
			.getResponseBody();
	}

	/** One provider. */
	public Map<String, Object> provider(String name) {
		return providers().stream().filter((provider) -> provider.get("name").equals(name)).findFirst().orElseThrow();
	}

	/** Breaks or heals one provider. */
	public void set(String name, String mode) {
		this.client.put()
			.uri("/api/providers/{name}", name)
			.bodyValue(Map.of("mode", mode))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult();
	}

	/** Breaks or heals every provider. */
	public void setAll(String mode) {
		providers().forEach((provider) -> set((String) provider.get("name"), mode));
	}

	/**
	 * Breaks one provider and asks until its breaker is open. How many failures that
	 * takes depends on how busy the provider was: three in a row, or ten when other tests
	 * kept it busy.
	 */
	public void openBreaker(String name, String mode) {
		set(name, mode);
		for (int calls = 0; calls < 10 && !provider(name).get("circuitBreaker").equals("OPEN"); calls++) {
			this.client.post()
				.uri("/api/chat")
				.bodyValue(Map.of("message", "Hello"))
				.exchange()
				.expectBody()
				.returnResult();
		}
		assertThat(provider(name)).containsEntry("circuitBreaker", "OPEN");
	}

	/** Heals every provider and waits until none is avoided any more. */
	public void end() {
		setAll("healthy");
		this.breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
		await().atMost(Duration.ofMinutes(1))
			.until(() -> providers().stream().allMatch((provider) -> provider.get("available").equals(true)));
	}

}
