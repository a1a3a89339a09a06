// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.boot3;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

import static org.assertj.core.api.Assertions.assertThat;

class AiFallbackHealthIndicatorTests {

	private static final EndpointStatus OPEN = EndpointStatus.builder()
		.name("primary")
		.provider("openai")
		.model("large")
		.available(false)
		.circuitBreaker("OPEN")
		.skipReason(SkipReason.BREAKER_OPEN)
		.skipRemaining(Duration.ofSeconds(20))
		.lastFailure(FailureKind.SERVER_ERROR)
		.build();

	private static final EndpointStatus COOLING = OPEN.toBuilder()
		.circuitBreaker("CLOSED")
		.skipReason(SkipReason.COOLING_DOWN)
		.skipRemaining(Duration.ofMillis(1500))
		.lastFailure(FailureKind.RATE_LIMITED)
		.build();

	private static final EndpointStatus READY = EndpointStatus.builder()
		.name("backup")
		.provider("own")
		.model("small")
		.build();

	private final AiFallbackOperations operations = Mockito.mock();

	@Test
	void isUpWithTheActiveEndpointWhileOneIsLeft() {
		report("backup", chain("default", READY, OPEN, READY));
		Health health = health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("activeEndpoint", "backup")
			.containsEntry("activeModel", "small")
			.containsEntry("activeProvider", "own")
			.containsEntry("degraded", true)
			.containsEntry("lastServedBy", "backup")
			.containsEntry("stateStore", Map.of("type", "memory", "reachable", true))
			.containsEntry("chains", Map.of("default", "backup"))
			.containsEntry("endpoints", Map.of("primary",
					Map.of("model", "large", "provider", "openai", "available", false, "circuitBreaker", "OPEN",
							"skipReason", "BREAKER_OPEN", "skipRemaining", "PT20S", "lastFailure", "SERVER_ERROR"),
					"backup",
					Map.of("model", "small", "provider", "own", "available", true, "circuitBreaker", "CLOSED")));
	}

	@Test
	void isUnavailableWithoutAnActiveEndpoint() {
		report(null, chain("default", null, COOLING));
		Health health = health();
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails())
			.doesNotContainKeys("activeEndpoint", "activeModel", "activeProvider", "lastServedBy")
			.containsEntry("degraded", true);
		assertThat(health.getDetails()).containsEntry("chains", Collections.singletonMap("default", null))
			.containsEntry("endpoints",
					Map.of("primary",
							Map.of("model", "large", "provider", "openai", "available", false, "circuitBreaker",
									"CLOSED", "skipReason", "COOLING_DOWN", "skipRemaining", "PT1.5S",
									"coolDownRemaining", "PT1.5S", "lastFailure", "RATE_LIMITED")));
	}

	@Test
	void showsTheActiveEndpointOfEveryChain() {
		report(null, chain("smart", READY, OPEN, READY), chain("cheap", READY, READY));
		assertThat(health().getDetails()).containsEntry("chains", Map.of("smart", "backup", "cheap", "backup"));
	}

	@Test
	void isDownWithoutDetailsWhenTheStatusCannotBeTold() {
		Mockito.when(this.operations.status()).thenThrow(new IllegalStateException("broken"));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void doesWithoutAStateStore() {
		report(null, chain("default", READY, READY));
		Health health = new AiFallbackHealthIndicator(this.operations, null, null, Status.DOWN).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).doesNotContainKey("stateStore");
	}

	private Health health() {
		return new AiFallbackHealthIndicator(this.operations, new InMemoryStateStore(), null, Status.OUT_OF_SERVICE)
			.health();
	}

	private void report(String lastServedBy, ChainStatus... chains) {
		Mockito.when(this.operations.status())
			.thenReturn(FallbackStatus.builder()
				.defaultChain(chains[0])
				.chains(Arrays.asList(chains))
				.lastServedBy(lastServedBy)
				.build());
	}

	private static ChainStatus chain(String name, EndpointStatus active, EndpointStatus... endpoints) {
		return ChainStatus.builder()
			.name(name)
			.active(active)
			.degraded(active != endpoints[0])
			.endpoints(List.of(endpoints))
			.build();
	}

}
