// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Counters, as Prometheus reads them before and after an outage, agree with what callers
 * and providers saw.
 */
class MeterAccountingTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	@Test
	void callsAndAttemptsAddUpOverAnOutage() {
		try (AiFallbackTemplate template = template(CallSettings.DEFAULTS)) {
			ask(template, 5);
			cancelled(template);
			assertThat(sum("calls")).isEqualTo(6);
			assertThat(sum("attempts")).isEqualTo(6);
			assertAddsUp();
			primary.always(Outcome.status(500));
			ask(template, 5);
			backup.always(Outcome.status(503));
			assertThat(failures(template, 4)).isEqualTo(4);
		}
		assertAddsUp();
		assertThat(sum("calls")).isEqualTo(15);
		assertThat(sum("calls", "outcome", "succeeded")).isEqualTo(10);
		assertThat(sum("calls", "outcome", "failed")).isEqualTo(4);
		assertThat(sum("calls", "outcome", "cancelled")).isEqualTo(1);
		assertThat(sum("calls", "degraded", "true")).isEqualTo(5);
		assertThat(sum("attempts", "endpoint", "primary")).isEqualTo(primary.requestCount());
		assertThat(sum("attempts", "endpoint", "backup")).isEqualTo(backup.requestCount());
		assertThat(sum("attempts", "error", "server_error")).isEqualTo(3);
		assertThat(sum("attempts", "error", "overloaded")).isEqualTo(3);
		assertThat(sum("transitions", "state", "opened")).isEqualTo(2);
		assertThat(sum("skips", "reason", "breaker_open")).isPositive();
		assertThat(sum("switches")).isEqualTo(3);
	}

	@Test
	void hedgeLosersAreAttemptsOfTheirOwn() throws Exception {
		primary.always(Outcome.healthy().hangBeforeFirstToken());
		CallSettings hedging = CallSettings.builder().hedge(new HedgeSettings(Duration.ofMillis(50), 1)).build();
		try (AiFallbackTemplate template = template(hedging)) {
			for (int call = 1; call <= 3; call++) {
				// The backup must not win before the primary was asked at all.
				backup.freeze();
				CompletableFuture<ChatResponse> asked = template.chat("Hello").toFuture();
				primary.awaitRequests(call, PATIENCE);
				backup.thaw();
				assertThat(asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).endpoint()).isEqualTo("backup");
			}
		}
		assertThat(sum("hedges")).isEqualTo(3);
		assertThat(sum("calls")).isEqualTo(3);
		assertThat(sum("attempts")).isEqualTo(6);
		assertAddsUp();
		assertThat(sum("attempts", "outcome", "overtaken")).isPositive()
			.isEqualTo(sum("attempts", "endpoint", "primary"));
	}

	@Test
	void brokenStreamsAreCountedByWhatWasDone() {
		primary.always(Outcome.healthy().cutAfterTokens(3));
		try (AiFallbackTemplate template = template(CallSettings.DEFAULTS)) {
			template.streamText("Tell me more").blockLast(PATIENCE);
		}
		assertThat(sum("stream.recoveries", "mode", "resume")).isEqualTo(1);
		assertThat(sum("attempts", "error", "connection_lost")).isEqualTo(1);
		assertThat(sum("calls", "outcome", "succeeded")).isEqualTo(1);
	}

	@Test
	void theCostIsThatOfAllAttemptsAndKnowsItsEstimates() {
		primary.always(Outcome.healthy().cutAfterTokens(3));
		BigDecimal paid;
		try (AiFallbackTemplate template = template(CallSettings.DEFAULTS)) {
			ChatResponse answer = template.chat("Tell me more").block(PATIENCE);
			assertThat(answer.attempts()).hasSize(2);
			paid = answer.cost().amount();
			assertThat(answer.cost().estimated()).isTrue();
		}
		assertThat(sum("cost")).isCloseTo(paid.doubleValue(), within(1e-9));
		assertThat(sum("cost", "endpoint", "primary", "outcome", "failed", "estimated", "true")).isPositive();
		assertThat(sum("cost", "endpoint", "backup", "outcome", "succeeded", "estimated", "false")).isPositive();
	}

	@Test
	void endpointsWithoutAPriceHaveNoCost() {
		Endpoint unpriced = endpoint("primary", primary).toBuilder().price(null).build();
		try (AiFallbackTemplate template = AiFallbackTemplate.builder()
			.endpoint(unpriced)
			.listeners(List.of(new MeteringCallListener(this.registry)))
			.build()) {
			ask(template, 1);
		}
		assertThat(sum("attempts")).isEqualTo(1);
		assertThat(this.registry.find("fallback.ai.cost").counters()).isEmpty();
	}

	private static void ask(AiFallbackTemplate template, int times) {
		for (int i = 0; i < times; i++) {
			assertThat(template.chat("Hello").block(PATIENCE)).isNotNull();
		}
	}

	private static int failures(AiFallbackTemplate template, int times) {
		int failures = 0;
		for (int i = 0; i < times; i++) {
			failures += template.chat("Hello").map((answer) -> 0).onErrorReturn(1).block(PATIENCE);
		}
		return failures;
	}

	private void cancelled(AiFallbackTemplate template) {
		primary.next(Outcome.healthy().hangBeforeFirstToken());
		int requests = primary.requestCount();
		Disposable call = template.streamText("Hello").subscribe();
		Awaitility.await().until(() -> primary.requestCount() > requests);
		call.dispose();
		Awaitility.await().until(() -> sum("attempts", "outcome", "cancelled") == 1);
	}

	private AiFallbackTemplate template(CallSettings settings) {
		return AiFallbackTemplate.builder()
			.endpoint(endpoint("primary", primary))
			.endpoint(endpoint("backup", backup))
			.settings(settings)
			.listeners(List.of(new MeteringCallListener(this.registry)))
			.build();
	}

	private static Endpoint endpoint(String name, ProviderSimulatorExtension simulator) {
		return Endpoint.named(name)
			.url(URI.create(simulator.url()))
			.model("model-of-" + name)
			.price(Price.of("1000", "2000"))
			.limits(Patience.LIMITS)
			.build();
	}

	/**
	 * Calls are successes, failures and cancellations; attempts are successes, failures
	 * by kind, cancellations and losers of a race.
	 */
	private void assertAddsUp() {
		assertThat(sum("calls")).isEqualTo(sum("calls", "outcome", "succeeded") + sum("calls", "outcome", "failed")
				+ sum("calls", "outcome", "cancelled"));
		double failed = Stream.of(FailureKind.values())
			.mapToDouble((kind) -> sum("attempts", "outcome", "failed", "error", kind.name().toLowerCase(Locale.ROOT)))
			.sum();
		assertThat(sum("attempts")).isEqualTo(sum("attempts", "outcome", "succeeded") + failed
				+ sum("attempts", "outcome", "cancelled") + sum("attempts", "outcome", "overtaken"));
		assertThat(sum("attempts")).isEqualTo(primary.requestCount() + backup.requestCount());
	}

	private double sum(String name, String... labels) {
		return Scrape.of(this.registry).sum("fallback_ai_" + name.replace('.', '_') + "_total", labels);
	}

}
