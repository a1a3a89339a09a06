// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.start;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.redis.RedisProcess;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.resource.ClientResources;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.autoconfigure.data.redis.RedisReactiveAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An outage of Redis is one line at its beginning and one at its end, whatever the driver
 * does meanwhile.
 */
@Tag("slow")
class RedisOutageLogTests {

	private final RedisProcess redis = new RedisProcess();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	@TempDir
	private Path directory;

	@BeforeEach
	void listen() {
		// Other threads add to it while it is read.
		this.log.list = new CopyOnWriteArrayList<>();
		this.log.start();
	}

	@AfterEach
	void stop() {
		this.root.detachAppender(this.log);
		this.redis.close();
	}

	@Test
	void hasOneLineAtEachEnd() {
		RealStart start = RealStart.in(this.directory)
			.yaml("""
					fallback.ai:
					  endpoints:
					  - { name: primary, model: large, price: { input: 1, output: 1 }, spend-limit: { amount: 5, period: 1h } }
					  - { name: backup, model: small, price: { input: 1, output: 1 }, spend-limit: { amount: 5, period: 1d } }
					  state-store: { quorum: 2, sync-interval: 1s, command-timeout: 10s }
					  gateway: { enabled: true, anonymous: true }
					spring.data.redis: { host: 127.0.0.1, port: %d }
					"""
				.formatted(this.redis.port()));
		try (ConfigurableApplicationContext context = start.run(App.class)) {
			this.root.addAppender(this.log);
			BreakerStateStore store = context.getBean(BreakerStateStore.class);
			await().until(store::reachable);
			AtomicInteger attempts = new AtomicInteger();
			var subscription = context.getBean(ClientResources.class)
				.eventBus()
				.get()
				.filter(ReconnectFailedEvent.class::isInstance)
				.subscribe((event) -> attempts.incrementAndGet());
			this.redis.kill();
			await().until(() -> !store.reachable() && attempts.get() >= 5);
			decide(context);
			this.redis.start();
			await().until(() -> store.reachable() && !back().isEmpty());
			subscription.dispose();
		}
		assertThat(lines(Level.WARN)).filteredOn((line) -> !line.startsWith("Endpoint "))
			.singleElement()
			.asString()
			.startsWith("The state store fails");
		assertThat(lines(Level.INFO)).noneMatch((line) -> line.contains("shared"));
		assertThat(back()).hasSize(1);
	}

	private List<String> back() {
		return lines(Level.INFO).stream().filter((line) -> line.startsWith("The state store is back")).toList();
	}

	/** Everything that an instance would tell others. */
	private static void decide(ConfigurableApplicationContext context) {
		EndpointControl control = context.getBean(EndpointControl.class);
		control.disable("primary", Duration.ofHours(1), "maintenance").block();
		control.reset("primary").block();
		for (Endpoint endpoint : context.getBean(FallbackSetup.class).onlyEndpoints()) {
			EndpointGates gates = context.getBean(EndpointGates.class);
			gates.control(endpoint).enable().block();
			for (int failures = 0; failures < 3; failures++) {
				gates.gate(endpoint).tryEnter().failed(Failure.of(FailureKind.SERVER_ERROR).build());
			}
			context.getBean(EndpointBudgets.class).budget(endpoint).tryReserve(0, 0).settle(BigDecimal.ONE);
		}
	}

	private List<String> lines(Level level) {
		return this.log.list.stream()
			.filter((event) -> event.getLevel().isGreaterOrEqual(level))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(2));
	}

	/**
	 * An application that uses Redis.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ RedisAutoConfiguration.class, RedisReactiveAutoConfiguration.class })
	static class App extends RealStart.App {

	}

}
