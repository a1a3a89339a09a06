// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.state.redis.RedisMonitor;
import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.state.redis.RedisStateStore;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much Redis has to do, by the number of instances and of calls, as
 * {@code docs/cluster.md} says it.
 */
@Tag("slow")
class RedisCommandRateTests {

	private static final Logger logger = LoggerFactory.getLogger(RedisCommandRateTests.class);

	private static final double ENDPOINTS = 2;

	private static final double SYNC_SECONDS = 2;

	/** Intervals are up to a tenth shorter. */
	private static final double READS = 2 * ENDPOINTS / (0.9 * SYNC_SECONDS);

	private static final double OPENING_SECONDS = 1;

	private static final Duration WARM_UP = Duration.ofSeconds(2);

	private static final Duration WINDOW = Duration.ofSeconds(4);

	/** A command that a client sent, and not a script. */
	private static final Pattern SENT = Pattern.compile("\\S+ \\[\\d+ [0-9.:]+\\] \"EVAL.*");

	private static final Pattern IN_A_SCRIPT = Pattern.compile("\\S+ \\[\\d+ lua\\] .*");

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final RedisProcess redis = new RedisProcess();

	private final RedisMonitor monitor = this.redis.monitor();

	private final List<AutoCloseable> opened = new ArrayList<>();

	@AfterEach
	void stop() throws Exception {
		for (AutoCloseable closeable : this.opened) {
			closeable.close();
		}
		this.monitor.close();
		this.redis.close();
	}

	@ParameterizedTest
	@CsvSource({ "1, 0", "2, 20", "5, 0", "5, 100" })
	void dependsOnTheNumberOfInstancesAndEndpointsAndNotOfCalls(int instances, int callsPerSecond) throws Exception {
		double perInstance = measure(instances, callsPerSecond, false) / instances;

		assertThat(perInstance).isLessThan(READS + oneRound());
	}

	@ParameterizedTest
	@CsvSource({ "2, 0", "5, 20" })
	void growsByOneASecondForEachLimitedEndpointThatIsUsed(int instances, int callsPerSecond) throws Exception {
		double perInstance = measure(instances, callsPerSecond, true) / instances;
		double reports = (callsPerSecond > 0) ? ENDPOINTS : ENDPOINTS / SYNC_SECONDS;

		assertThat(perInstance).isLessThan(READS + reports + oneRound());
	}

	@ParameterizedTest
	@CsvSource({ "1, 100", "5, 20" })
	void growsByFourForEachProbeOfAnEndpointThatFails(int instances, int callsPerSecond) throws Exception {
		primary.always(Outcome.status(500));
		double perInstance = measure(instances, callsPerSecond, false) / instances;

		assertThat(perInstance).isLessThan(READS + 4 / OPENING_SECONDS + oneRound());
	}

	/** What a window may have in addition because of where it begins, in a second. */
	private static double oneRound() {
		return 2 * ENDPOINTS / WINDOW.toSeconds();
	}

	/** The commands that all instances together send in a second. */
	private double measure(int instances, int callsPerSecond, boolean limited) throws Exception {
		List<AiFallbackTemplate> templates = new ArrayList<>();
		for (int i = 0; i < instances; i++) {
			templates.add(instance("instance-" + i, limited));
		}
		Disposable calls = Flux.interval(Duration.ofMillis(1000 / Math.max(1, callsPerSecond)))
			.onBackpressureDrop()
			.filter((number) -> callsPerSecond > 0)
			.flatMap((number) -> templates.get((int) (number % instances)).chat("Question").onErrorComplete(), 500)
			.subscribe();
		TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
		int asked = primary.requestCount() + backup.requestCount();
		this.monitor.clear();
		long before = System.nanoTime();
		TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
		List<String> lines = List.copyOf(this.monitor.lines());
		double seconds = (System.nanoTime() - before) / 1e9;
		calls.dispose();
		double sent = count(lines, SENT) / seconds;
		logger.info("{} instances, {} requests a second: {} commands a second, with {} in scripts", instances,
				Math.round((primary.requestCount() + backup.requestCount() - asked) / seconds), round(sent),
				round(count(lines, IN_A_SCRIPT) / seconds));
		assertThat(sent).isPositive();
		return sent;
	}

	private static double round(double number) {
		return Math.round(number * 10) / 10.0;
	}

	private static long count(List<String> lines, Pattern pattern) {
		return lines.stream().filter((line) -> pattern.matcher(line).matches()).count();
	}

	private AiFallbackTemplate instance(String id, boolean limited) {
		Endpoint first = endpoint("primary", primary, limited);
		Endpoint second = endpoint("backup", backup, limited);
		RedisStateStore store = new RedisStateStore(this.redis.connect(), LocalInstance.redis("rate"));
		EndpointGates gates = EndpointGates.builder()
			.endpoints(first, second)
			.stateStore(store)
			.cluster(new ClusterSettings(id, 1, Duration.ofSeconds((long) SYNC_SECONDS)))
			.build();
		EndpointBudgets budgets = new EndpointBudgets(List.of(first, second), Clock.systemUTC(), gates.spending(store),
				Duration.ofSeconds((long) SYNC_SECONDS), Schedulers.parallel());
		AiFallbackTemplate template = AiFallbackTemplate.builder()
			.endpoint(first)
			.endpoint(second)
			.gates(gates)
			.budgets(budgets)
			.build();
		this.opened.addAll(List.of(template, budgets, gates, store));
		return template;
	}

	private static Endpoint endpoint(String name, ProviderSimulator provider, boolean limited) {
		Duration opening = Duration.ofSeconds((long) OPENING_SECONDS);
		return Endpoint.named(name)
			.url(URI.create(provider.url()))
			.model("model")
			.price(Price.of("1", "1"))
			.spendLimit(limited ? new SpendLimit(BigDecimal.valueOf(1_000_000), Duration.ofDays(1)) : null)
			.breaker(BreakerSettings.builder().recoveryTimeout(opening).maxRecoveryTimeout(opening).build())
			.build();
	}

}
