// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.fallbackai.breaker.ControlScope;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.test.ProviderSimulator;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Everything that goes wrong beside the calls: Redis, the network, the clocks, and
 * operators who change their minds.
 */
final class Disturbances implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final List<Disturbance> running = new ArrayList<>();

	Disturbances(long seed, RedisProcess redis, Providers providers, List<SoakApplication> applications) {
		this.running.add(new Disturbance("redis", seed, 1500, RedisTrouble.all(redis)));
		this.running.add(new Disturbance("network", seed, 300,
				List.of(new Refusal(providers), new Drop(providers), new Freeze(providers))));
		for (SoakApplication application : applications) {
			this.running
				.add(new Disturbance("operator-" + application.name(), seed, 700, List.of(new Operator(application))));
			this.running.add(new Disturbance("clock-" + application.name(), seed, 2000,
					List.of(new ClockChange(application.clock()))));
			this.running.add(new Disturbance("watcher-" + application.name(), seed, 500,
					List.of(new Watcher(application.port()))));
		}
	}

	long count() {
		return this.running.stream().mapToLong(Disturbance::count).sum();
	}

	/** What went wrong although it should not, empty if nothing did. */
	List<String> failures() {
		return this.running.stream().map(Disturbance::failure).filter((failure) -> !failure.isEmpty()).toList();
	}

	@Override
	public void close() {
		this.running.forEach(Disturbance::close);
	}

	/**
	 * A provider's port is closed for a while.
	 */
	private record Refusal(Providers providers,
			AtomicReference<ProviderSimulator> refusing) implements Disturbance.Trouble {

		Refusal(Providers providers) {
			this(providers, new AtomicReference<>());
		}

		@Override
		public void begin(Dice dice) {
			ProviderSimulator chosen = dice.any(this.providers.expendable());
			chosen.refuseConnections();
			this.refusing.set(chosen);
		}

		@Override
		public void end() {
			this.refusing.get().acceptConnections();
		}

	}

	/**
	 * A provider's connections are all cut.
	 */
	private record Drop(Providers providers) implements Disturbance.Trouble {

		@Override
		public void begin(Dice dice) {
			dice.any(this.providers.expendable()).dropConnections();
		}

		@Override
		public void end() {
		}

	}

	/**
	 * A provider stands still for a while.
	 */
	private record Freeze(Providers providers,
			AtomicReference<ProviderSimulator> frozen) implements Disturbance.Trouble {

		Freeze(Providers providers) {
			this(providers, new AtomicReference<>());
		}

		@Override
		public void begin(Dice dice) {
			ProviderSimulator chosen = dice.any(this.providers.expendable());
			chosen.freeze();
			this.frozen.set(chosen);
		}

		@Override
		public void end() {
			this.frozen.get().thaw();
		}

	}

	/**
	 * An operator decides something about an endpoint, and takes it back.
	 */
	private record Operator(SoakApplication application,
			AtomicReference<String> changed) implements Disturbance.Trouble {

		Operator(SoakApplication application) {
			this(application, new AtomicReference<>());
		}

		@Override
		public void begin(Dice dice) {
			List<String> names = new ArrayList<>(Providers.FRAIL);
			names.add(Providers.SICK);
			String name = dice.any(names);
			this.changed.set(name);
			EndpointControl control = this.application.control();
			carryOut(switch (dice.below(5)) {
				case 0 -> control.disable(name, dice.millis(1, 500), "a soak");
				case 1 -> control.disable(name, null, "a soak");
				case 2 -> control.prefer(name);
				case 3 -> control.reset(name);
				default -> control.reloadCredentials(name);
			});
		}

		@Override
		public void end() {
			carryOut(this.application.control().enable(this.changed.get()));
		}

		private static void carryOut(Mono<ControlScope> decision) {
			decision.block(PATIENCE);
		}

	}

	/**
	 * A clock is set forward or back, by seconds or by years.
	 */
	private record ClockChange(WrongClock clock) implements Disturbance.Trouble {

		@Override
		public void begin(Dice dice) {
			Duration difference = dice
				.any(List.of(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofDays(1), Duration.ofDays(400)));
			this.clock.wrongBy(dice.oneIn(2) ? difference : difference.negated());
		}

		@Override
		public void end() {
			this.clock.wrongBy(Duration.ZERO);
		}

	}

	/**
	 * Something that looks at what the application tells about itself.
	 */
	private record Watcher(HttpClient client) implements Disturbance.Trouble {

		private static final List<String> PATHS = List.of("/actuator/health", "/actuator/fallbackai",
				"/actuator/fallbackai/sick", "/actuator/fallbackai/events", "/actuator/metrics/fallback.ai.calls",
				"/v1/models");

		Watcher(int port) {
			this(GatewayCalls.reliable(HttpClient.newConnection()).baseUrl("http://127.0.0.1:" + port));
		}

		@Override
		public void begin(Dice dice) {
			String path = dice.any(PATHS);
			int status = this.client.headers((headers) -> headers.set("Authorization", "Bearer " + SoakProperties.KEY))
				.get()
				.uri(path)
				.responseSingle((head, body) -> body.asString().then(Mono.just(head.status().code())))
				.block(PATIENCE);
			boolean unknownYet = status == 404 && path.contains("/metrics/");
			if (status != 200 && !(status == 503 && path.endsWith("/health")) && !unknownYet) {
				throw new IllegalStateException(path + " answered " + status);
			}
		}

		@Override
		public void end() {
		}

	}

}
