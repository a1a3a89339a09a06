// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.awaitility.Awaitility;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Steady calls before two endpoints over real connections, the first of which has
 * outages. All settings are the defaults, divided by a scale.
 */
final class OutageTraffic implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final int scale;

	private final ProviderSimulator primary = ProviderSimulator.create().start();

	private final ProviderSimulator backup = ProviderSimulator.create().start();

	private final List<FailoverEvent.EndpointProbed> probes = new CopyOnWriteArrayList<>();

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final AiFallbackTemplate template;

	private final Disposable traffic;

	OutageTraffic(int scale) {
		this.scale = scale;
		AttemptLimits limits = AttemptLimits.DEFAULTS.toBuilder()
			.firstContent(scaled(AttemptLimits.DEFAULTS.firstContent()))
			.build();
		BreakerSettings breaker = BreakerSettings.builder()
			.recoveryTimeout(scaled(BreakerSettings.DEFAULTS.recoveryTimeout()))
			.maxRecoveryTimeout(scaled(BreakerSettings.DEFAULTS.maxRecoveryTimeout()))
			.build();
		this.template = AiFallbackTemplate.builder()
			.endpoint(endpoint("primary", this.primary).limits(limits).breaker(breaker).build())
			.endpoint(endpoint("backup", this.backup).build())
			.listeners(List.of((ImmediateCallListener) (event) -> {
				if (event instanceof FailoverEvent.EndpointProbed probed) {
					this.probes.add(probed);
				}
			}))
			.build();
		this.traffic = Flux.interval(scaled(Duration.ofSeconds(4))).onBackpressureDrop().subscribe((number) -> call());
		await(() -> servedByPrimary(0) != null);
	}

	private static EndpointBuilder endpoint(String name, ProviderSimulator simulator) {
		return Endpoint.named(name).url(URI.create(simulator.url())).model("model");
	}

	/** A minute of outage, and the calls until some were served by the primary again. */
	Measured outage(Kind kind) {
		this.calls.clear();
		this.probes.clear();
		this.primary.clear();
		kind.fail(this.primary);
		long began = System.nanoTime();
		await(() -> !breaker().equals("CLOSED"));
		long opened = System.nanoTime();
		await(() -> System.nanoTime() - began > scaled(Duration.ofMinutes(1)).toNanos());
		int requests = this.primary.requestCount();
		kind.heal(this.primary);
		long healed = System.nanoTime();
		await(() -> servedByPrimary(healed) != null);
		Duration back = Duration.ofNanos(servedByPrimary(healed).endedAt - healed);
		int known = this.calls.size();
		await(() -> this.calls.size() >= known + 3);
		List<Call> all = List.copyOf(this.calls).subList(0, known + 2);
		await(() -> all.stream().allMatch(Call::ended));
		long slowest = all.stream()
			.filter((call) -> call.startedAt > opened)
			.mapToLong((call) -> call.endedAt - call.startedAt)
			.max()
			.orElse(0);
		boolean answered = all.stream().allMatch((call) -> call.response != null);
		return new Measured(back, requests, Duration.ofNanos(slowest), answered, List.copyOf(this.probes));
	}

	private Duration scaled(Duration duration) {
		return duration.dividedBy(this.scale);
	}

	private String breaker() {
		return this.template.status().defaultChain().endpoints().get(0).circuitBreaker();
	}

	private Call servedByPrimary(long since) {
		return this.calls.stream()
			.filter((call) -> call.startedAt > since && call.response != null
					&& call.response.endpoint().equals("primary"))
			.findFirst()
			.orElse(null);
	}

	private void call() {
		Call call = new Call(System.nanoTime());
		this.calls.add(call);
		this.template.chat("hello").subscribe(call::answered, call::failed);
	}

	private static void await(BooleanSupplier condition) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
	}

	@Override
	public void close() {
		this.traffic.dispose();
		this.template.close();
		this.primary.close();
		this.backup.close();
	}

	enum Kind {

		OVERLOADED, SERVER_ERROR, REFUSED, HANGING;

		private void fail(ProviderSimulator primary) {
			switch (this) {
				case OVERLOADED -> primary.always(Outcome.status(503));
				case SERVER_ERROR -> primary.always(Outcome.status(500));
				case HANGING -> primary.always(Outcome.healthy().hangBeforeHeaders());
				case REFUSED -> {
					primary.refuseConnections();
					primary.dropConnections();
				}
			}
		}

		private void heal(ProviderSimulator primary) {
			primary.always(Outcome.healthy());
			if (this == REFUSED) {
				primary.acceptConnections();
			}
		}

	}

	/**
	 * What was measured of one outage.
	 *
	 * @param back from the recovery to the end of the first answer of the primary
	 * @param requests requests that reached the primary during the outage, probes
	 * included
	 * @param slowest the longest call that started after the breaker was open
	 * @param answered whether every call was answered
	 * @param probes the probes
	 */
	record Measured(Duration back, int requests, Duration slowest, boolean answered,
			List<FailoverEvent.EndpointProbed> probes) {

		@Override
		public String toString() {
			return "back after " + this.back.toMillis() + " ms, " + this.requests + " requests, slowest call "
					+ this.slowest.toMillis() + " ms, " + this.probes.size() + " probes";
		}

	}

	private static final class Call {

		private final long startedAt;

		private volatile long endedAt;

		private volatile ChatResponse response;

		private volatile boolean failed;

		Call(long startedAt) {
			this.startedAt = startedAt;
		}

		void answered(ChatResponse response) {
			this.endedAt = System.nanoTime();
			this.response = response;
		}

		void failed(Throwable error) {
			this.endedAt = System.nanoTime();
			this.failed = true;
		}

		boolean ended() {
			return this.response != null || this.failed;
		}

	}

}
