// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.start;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.redis.RedisProcess;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.autoconfigure.data.redis.RedisReactiveHealthContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.HealthEndpointAutoConfiguration;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.autoconfigure.data.redis.RedisReactiveAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that stops while all is well has nothing to warn of.
 */
@Tag("slow")
class QuietShutdownTests {

	private static final int CLIENTS = 1;

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

	@RepeatedTest(5)
	void logsNoWarningAndTellsWhatWasSpentLast() {
		RealStart start = RealStart.in(this.directory)
			.yaml("""
					fallback.ai:
					  endpoints:
					  - { name: primary, model: large, price: { input: 1, output: 1 }, spend-limit: { amount: 5, period: 1h } }
					  state-store: { sync-interval: 50ms, command-timeout: 30s }
					spring.data.redis: { host: 127.0.0.1, port: %d }
					"""
				.formatted(this.redis.port()));
		try (ConfigurableApplicationContext context = start.run(App.class)) {
			this.root.addAppender(this.log);
			await().until(context.getBean(BreakerStateStore.class)::reachable);
			await().until(() -> this.redis.replies("PUBSUB CHANNELS *", 1).get(0).equals("*1"));
			assertThat(context.getBean(HealthEndpoint.class).healthForPath("redis").getStatus()).isEqualTo(Status.UP);
			assertThat(context.getBean(HealthEndpoint.class).healthForPath("fallbackAi").getStatus())
				.isEqualTo(Status.UP);
			spend(context);
		}
		await().until(() -> clients() == CLIENTS);

		assertThat(this.log.list).filteredOn((event) -> event.getLevel().isGreaterOrEqual(Level.WARN)).isEmpty();
		StringRedisTemplate template = this.redis.template();
		assertThat(template.keys("*:spend:*")).singleElement()
			.satisfies((key) -> assertThat(template.opsForHash().values(key)).containsExactly("0000000002000000000"));
	}

	private static void spend(ConfigurableApplicationContext context) {
		Endpoint endpoint = context.getBean(FallbackSetup.class).onlyEndpoints().iterator().next();
		Reservation reservation = context.getBean(EndpointBudgets.class).budget(endpoint).tryReserve(0, 0);
		assertThat(reservation).isNotNull();
		reservation.settle(BigDecimal.valueOf(2));
	}

	/** Connections to the server, the one that asks included. */
	private long clients() {
		return Long.parseLong(this.redis.replies("INFO clients", 3).get(2).split(":")[1].trim());
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(2));
	}

	/**
	 * An application that uses Redis and tells its health.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ RedisAutoConfiguration.class, RedisReactiveAutoConfiguration.class,
			EndpointAutoConfiguration.class, HealthContributorAutoConfiguration.class,
			HealthEndpointAutoConfiguration.class, RedisReactiveHealthContributorAutoConfiguration.class })
	static class App extends RealStart.App {

	}

}
