// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.state.redis.RedisStateSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens to Redis, callers do not notice, and afterwards instances agree again.
 */
@Tag("slow")
class RedisOutageTests {

	private static final int CALLS = 200;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** Short, as the tests wait for Redis to count as out. */
	private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

	private static final org.slf4j.Logger logger = LoggerFactory.getLogger(RedisOutageTests.class);

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final RedisProcess redis = new RedisProcess();

	private final Relay relay = new Relay(this.redis.port());

	@BeforeEach
	void listen() {
		// Other threads add to it while it is read.
		this.log.list = new CopyOnWriteArrayList<>();
		this.log.start();
		this.root.addAppender(this.log);
	}

	@AfterEach
	void stop() {
		this.root.detachAppender(this.log);
		this.redis.close();
		this.relay.close();
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void harmsNoCallAndHeals(Fault fault) {
		try (LocalInstance here = instance("here"); LocalInstance there = instance("there")) {
			assertThat(here.call(1)).isEqualTo(1);
			primary.always(Outcome.status(500));
			fault.strike(this.redis, this.relay);
			assertThat(here.call(CALLS)).isEqualTo(CALLS);
			assertThat(here.breaker()).isEqualTo("OPEN");
			await().until(() -> !here.store.reachable());
			int asked = primary.requestCount();
			assertThat(here.call(20)).isEqualTo(20);
			assertThat(primary.requestCount()).isEqualTo(asked);
			assertThat(there.breaker()).isEqualTo("CLOSED");

			fault.heal(this.redis, this.relay);
			long healed = System.nanoTime();
			await().until(() -> there.breaker().equals("OPEN") && here.store.reachable());
			logger.info("{}: agreed {} ms after Redis was back", fault, (System.nanoTime() - healed) / 1_000_000);
			await().until(() -> here.store.load(here.primary.id())
				.onErrorComplete()
				.blockOptional(PATIENCE)
				.map((state) -> state.breaker().open())
				.orElse(false));
			await().untilAsserted(() -> tellsOncePerOutage(here, there));
		}
	}

	/**
	 * Drivers tell of their own connections. What Reactor tells is what was left behind.
	 */
	private static boolean isOurs(ILoggingEvent event) {
		return event.getLoggerName().startsWith("io.github.fallbackai")
				|| event.getLoggerName().startsWith("reactor.core");
	}

	private void tellsOncePerOutage(LocalInstance here, LocalInstance there) {
		long outages = here.gates.stateStoreActivity().outages() + there.gates.stateStoreActivity().outages();
		assertThat(lines("The state store fails")).hasSize((int) outages);
		assertThat(lines("The state store is back")).hasSize((int) outages);
		assertThat(outages).isBetween(1L, 30L);
		assertThat(List.copyOf(this.log.list)).filteredOn((event) -> event.getLevel().isGreaterOrEqual(Level.WARN))
			.filteredOn(RedisOutageTests::isOurs)
			.extracting(ILoggingEvent::getFormattedMessage)
			.allMatch((line) -> line.startsWith("The state store fails") || line.startsWith("Endpoint primary"));
	}

	private List<String> lines(String beginning) {
		return List.copyOf(this.log.list)
			.stream()
			.map(ILoggingEvent::getFormattedMessage)
			.filter((line) -> line.startsWith(beginning))
			.toList();
	}

	private LocalInstance instance(String id) {
		return new LocalInstance(this.redis.connect(this.relay.port()),
				new RedisStateSettings("outage", COMMAND_TIMEOUT), LocalInstance.cluster(id), primary, backup);
	}

	private static org.awaitility.core.ConditionFactory await() {
		return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20));
	}

}
