// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.micrometer.core.instrument.MeterRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Health, status, management endpoint and gauges tell the same at equal versions.
 */
@SpringBootTest(classes = ManagementEndpointTests.Application.class,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].name=backup", "fallback.ai.endpoints[1].model=small",
				"fallback.ai.defaults.circuit-breaker.recovery-timeout=300ms",
				"fallback.ai.cool-down.rate-limited=200ms", "fallback.ai.state-store.type=memory",
				"management.endpoints.web.exposure.include=fallbackai" })
@AutoConfigureObservability
@Tag("slow")
class SurfacesAgreeTests {

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final Duration STEP = Duration.ofSeconds(1);

	private static final int ENOUGH = 5;

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@Autowired
	private AiFallbackTemplate template;

	@Autowired
	@Qualifier("fallbackAiHealthIndicator")
	private HealthIndicator health;

	@Autowired
	private FallbackAiEndpoint endpoint;

	@Autowired
	private MeterRegistry meters;

	private final Set<String> seen = new HashSet<>();

	private int compared;

	@Test
	void throughoutAScriptedOutage() {
		Disposable traffic = Flux.range(0, Integer.MAX_VALUE)
			.concatMap((number) -> this.template.chat("Hello").then().onErrorComplete().then(Mono.delay(PAUSE)))
			.subscribe();
		try {
			primary.always(Outcome.healthy());
			compareUntilSeen("primary");
			primary.always(Outcome.status(500));
			compareUntilSeen("backup");
			backup.always(Outcome.status(429));
			compareUntilSeen("null");
			backup.always(Outcome.healthy());
			compareUntilSeen("backup");
			primary.always(Outcome.healthy());
			compareUntilSeen("primary");
		}
		finally {
			traffic.dispose();
		}
		assertThat(this.compared).isGreaterThan(20);
	}

	/**
	 * Compares for one step at least, and until it came to what it leads to.
	 */
	private void compareUntilSeen(String active) {
		this.seen.clear();
		int enough = this.compared + ENOUGH;
		long end = System.nanoTime() + STEP.toNanos();
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
			compare();
			return System.nanoTime() - end >= 0 && this.compared >= enough && this.seen.contains(active);
		});
	}

	private void compare() {
		FallbackStatus before = this.template.status();
		Health health = this.health.health();
		StatusView view = this.endpoint.status();
		Map<String, Double> active = gauges("fallback.ai.active");
		Map<String, Double> available = gauges("fallback.ai.endpoint.available");
		double version = this.meters.get("fallback.ai.state.version").gauge().value();
		if (this.template.status().version() != before.version()) {
			return;
		}
		assertThat(version).isEqualTo(before.version());
		EndpointStatus next = before.defaultChain().active();
		String name = (next != null) ? next.name() : null;
		assertThat(health.getDetails().get("stateVersion")).isEqualTo(before.version());
		assertThat(health.getStatus()).isEqualTo((name != null) ? Status.UP : Status.DOWN);
		assertThat(health.getDetails().get("activeEndpoint")).isEqualTo(name);
		assertThat(view.version()).isEqualTo(before.version());
		assertThat(view.chains().get("default").active()).isEqualTo(name);
		for (EndpointStatus status : before.endpoints()) {
			StatusView.Endpoint shown = view.endpoints().get(status.name());
			assertThat(shown.available()).isEqualTo(status.available());
			assertThat(shown.circuitBreaker()).isEqualTo(status.circuitBreaker());
			assertThat(shown.skipReason()).isEqualTo(word(status.skipReason()));
			assertThat(shown.lastFailure()).isEqualTo(word(status.lastFailure()));
			assertThat(health.getDetails()).extractingByKey("endpoints", InstanceOfAssertFactories.MAP)
				.extractingByKey(status.name(), InstanceOfAssertFactories.MAP)
				.containsEntry("available", shown.available())
				.containsEntry("circuitBreaker", shown.circuitBreaker())
				.satisfies((details) -> assertThat(details.get("skipReason")).isEqualTo(shown.skipReason()))
				.satisfies((details) -> assertThat(details.get("lastFailure")).isEqualTo(shown.lastFailure()));
			assertThat(available.get(status.name())).isEqualTo(status.available() ? 1 : 0);
			assertThat(active.get(status.name())).isEqualTo(status.name().equals(name) ? 1 : 0);
		}
		this.seen.add(String.valueOf(name));
		this.compared++;
	}

	private static String word(Enum<?> constant) {
		return (constant != null) ? constant.name() : null;
	}

	private Map<String, Double> gauges(String name) {
		Map<String, Double> values = new TreeMap<>();
		this.meters.get(name).gauges().forEach((gauge) -> values.put(gauge.getId().getTag("endpoint"), gauge.value()));
		return values;
	}

}
