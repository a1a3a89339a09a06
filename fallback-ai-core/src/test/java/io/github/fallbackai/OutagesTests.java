package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Outages under steady traffic over real connections, ten times as fast as with the
 * default settings.
 */
class OutagesTests {

	private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(1);

	private static final Duration BETWEEN_CALLS = Duration.ofMillis(400);

	private static final Duration OUTAGE = Duration.ofSeconds(6);

	private static final Duration FIRST_CONTENT = Duration.ofMillis(1500);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final List<FailoverEvent.EndpointProbed> probes = new CopyOnWriteArrayList<>();

	private final AiFallbackTemplate template = AiFallbackTemplate.builder()
		.endpoint(endpoint(primary).limits(new AttemptLimits(PATIENCE, FIRST_CONTENT, PATIENCE, PATIENCE, true))
			.breaker(BreakerSettings.builder()
				.recoveryTimeout(RECOVERY_TIMEOUT)
				.maxRecoveryTimeout(Duration.ofSeconds(6))
				.build())
			.build())
		.endpoint(endpoint(backup).build())
		.listeners(List.of((ImmediateCallListener) (event) -> {
			if (event instanceof FailoverEvent.EndpointProbed probed) {
				this.probes.add(probed);
			}
		}))
		.build();

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		primary.acceptConnections();
		this.template.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "503", "refused", "hanging" })
	void theFirstEndpointIsBackSoonAndNoCallWaitsForIt(String kind) {
		Disposable traffic = Flux.interval(BETWEEN_CALLS).subscribe((number) -> call());
		await(() -> servedByPrimary(0));
		fail(kind);
		long began = System.nanoTime();
		await(() -> !breaker().equals("CLOSED"));
		long opened = System.nanoTime();
		await(() -> System.nanoTime() - began > OUTAGE.toNanos());
		int requests = primary.requestCount();
		heal(kind);
		long healed = System.nanoTime();
		await(() -> servedByPrimary(healed));
		long back = System.nanoTime();
		traffic.dispose();
		await(() -> this.calls.stream().allMatch((call) -> call.response != null));

		assertThat(Duration.ofNanos(back - healed)).isLessThan(RECOVERY_TIMEOUT.plus(BETWEEN_CALLS).plusSeconds(1));
		assertThat(requests).isLessThanOrEqualTo(10);
		assertThat(this.calls).filteredOn((call) -> call.startedAt > opened)
			.allSatisfy((call) -> assertThat(call.nanos()).isLessThan(TimeUnit.SECONDS.toNanos(1)));
		assertThat(this.calls)
			.allSatisfy((call) -> assertThat(call.response.attempts().get(0).endpoint()).isIn("primary", "backup"));
		assertThat(this.probes).hasSizeBetween(2, 7).last().satisfies((probed) -> {
			assertThat(probed.cause()).isNull();
			assertThat(probed.attempt().usage()).isNotNull();
		});
	}

	private static void fail(String kind) {
		primary.clear();
		switch (kind) {
			case "503" -> primary.always(Outcome.status(503));
			case "hanging" -> primary.always(Outcome.healthy().hangBeforeHeaders());
			default -> {
				primary.refuseConnections();
				primary.dropConnections();
			}
		}
	}

	private static void heal(String kind) {
		primary.always(Outcome.healthy());
		if (kind.equals("refused")) {
			primary.acceptConnections();
		}
	}

	private String breaker() {
		return this.template.status().defaultChain().endpoints().get(0).circuitBreaker();
	}

	private boolean servedByPrimary(long since) {
		return this.calls.stream()
			.anyMatch((call) -> call.response != null && call.startedAt > since
					&& call.response.endpoint().equals("primary"));
	}

	private void call() {
		Call call = new Call(System.nanoTime());
		this.calls.add(call);
		this.template.chat("hello").subscribe(call::answered);
	}

	private static void await(BooleanSupplier condition) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
	}

	private static EndpointBuilder endpoint(ProviderSimulatorExtension simulator) {
		return Endpoint.named(simulator.endpoint()).url(URI.create(simulator.url())).model("model");
	}

	private static final class Call {

		private final long startedAt;

		private volatile long endedAt;

		private volatile ChatResponse response;

		Call(long startedAt) {
			this.startedAt = startedAt;
		}

		void answered(ChatResponse response) {
			this.endedAt = System.nanoTime();
			this.response = response;
		}

		long nanos() {
			return this.endedAt - this.startedAt;
		}

	}

}
