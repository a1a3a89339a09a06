package io.github.fallbackai.autoconfigure.start;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
		RealStart start = RealStart.in(this.directory).yaml("""
				fallback.ai.endpoints: [ { name: primary, model: large } ]
				spring.data.redis: { host: 127.0.0.1, port: %d }
				""".formatted(this.redis.port()));
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
			this.redis.start();
			await().until(store::reachable);
			subscription.dispose();
		}
		assertThat(lines(Level.WARN)).singleElement().asString().startsWith("The state store fails");
		assertThat(lines(Level.INFO)).filteredOn((line) -> line.startsWith("The state store is back")).hasSize(1);
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
