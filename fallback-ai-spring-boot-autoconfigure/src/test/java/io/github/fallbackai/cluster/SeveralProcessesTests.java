// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three real processes share a real Redis server and real HTTP providers.
 */
@Tag("slow")
class SeveralProcessesTests {

	private static final Logger logger = LoggerFactory.getLogger(SeveralProcessesTests.class);

	private static final Duration SOON = Duration.ofSeconds(1);

	/** Longer than an instance takes to start, and not beyond the longest opening. */
	private static final Duration LATE = Duration.ofMinutes(5);

	/** Few enough for traffic to be low, so that three failures open. */
	private static final int ROUNDS = 6;

	private static ClusterFixture cluster;

	private static InstanceProcess a;

	private static InstanceProcess b;

	private static InstanceProcess c;

	@BeforeAll
	static void start() {
		cluster = new ClusterFixture().endpoint("quick", LATE, 1)
			.endpoint("single", SOON, 1)
			.endpoint("triple", SOON, 3)
			.endpoint("orphan", SOON, 1)
			.endpoint("lasting", LATE, 1)
			.endpoint("frozen", SOON, 1);
		a = cluster.instance("a");
		b = cluster.instance("b");
		c = cluster.instance("c");
		List.of(a, b, c).forEach(InstanceProcess::awaitReady);
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	void whatOpensInOneProcessIsSkippedInAllWithoutACall() {
		List<Long> delays = new ArrayList<>();
		for (int i = 0; i < ROUNDS; i++) {
			cluster.open("quick", a);
			ClusterFixture.awaitEverywhere("quick", "OPEN", List.of(b, c));
			for (InstanceProcess other : List.of(b, c)) {
				// An event is told after the state has changed.
				other.awaitTold(event("EndpointOpened quick"), i + 1);
				delays.add(micros(other, "EndpointOpened quick", 1) - micros(a, "EndpointOpened quick", 1));
			}
			a.ask("reset quick");
			ClusterFixture.awaitEverywhere("quick", "CLOSED", List.of(a, b, c));
		}
		assertThat(cluster.provider("quick").requestCount()).isEqualTo(3 * ROUNDS);
		long median = delays.stream().sorted().toList().get(ROUNDS);
		logger.info("Skipped elsewhere after {} µs in the median, {}", median, delays);
		assertThat(Duration.ofNanos(median * 1000)).isLessThan(SOON);
	}

	@ParameterizedTest
	@CsvSource({ "single, 1", "triple, 3" })
	void asManyProbesAsConfiguredReachTheProviderFromAllTogether(String endpoint, int probes) {
		ProviderSimulator provider = cluster.provider(endpoint);
		cluster.open(endpoint, a);
		ClusterFixture.awaitEverywhere(endpoint, "OPEN", List.of(b, c));
		provider.always(Outcome.healthy());
		provider.freeze();
		provider.clear();
		ClusterFixture.awaitByCalls(() -> callEverywhere(endpoint, 1), () -> provider.requestCount() >= probes);
		callEverywhere(endpoint, 20);
		ClusterFixture.await(() -> a.underWay() + b.underWay() + c.underWay() == probes);
		assertThat(provider.requestCount()).isEqualTo(probes);
		provider.thaw();

		ClusterFixture.awaitEverywhere(endpoint, "CLOSED", List.of(a, b, c));
		assertThat(errors()).isZero();
	}

	@Test
	void anotherProcessProbesWhenTheOneThatDidWasKilled() {
		ProviderSimulator provider = cluster.provider("orphan");
		InstanceProcess victim = cluster.instance("victim").awaitReady();
		cluster.open("orphan", victim);
		provider.freeze();
		provider.clear();
		ClusterFixture.awaitByCalls(() -> victim.call("orphan", 1), () -> provider.requestCount() == 1);
		long killed = System.nanoTime();
		victim.kill();
		provider.thaw();
		provider.always(Outcome.healthy());
		ClusterFixture.await(() -> {
			List.of(a, b, c).forEach((instance) -> instance.callAndWait("orphan", 1));
			return provider.requestCount() > 1;
		});
		Duration orphaned = Duration.ofNanos(System.nanoTime() - killed);
		logger.info("Probed again {} ms after the death of the one that did", orphaned.toMillis());

		assertThat(orphaned).isGreaterThan(Duration.ofSeconds(3));
		ClusterFixture.awaitEverywhere("orphan", "CLOSED", List.of(a, b, c));
	}

	@Test
	void aProcessThatWasKilledSkipsForTheTimeThatRemains() {
		InstanceProcess victim = cluster.instance("restarted").awaitReady();
		cluster.open("lasting", victim);
		ClusterFixture.awaitEverywhere("lasting", "OPEN", List.of(a));
		long opened = micros(victim, "EndpointOpened lasting", 1);
		long until = micros(victim, "EndpointOpened lasting", 2);
		victim.kill();
		InstanceProcess restarted = cluster.instance("restarted").awaitReady();
		// A start does not wait for Redis for ever; that it does wait is tested
		// elsewhere.
		restarted.awaitTold(event("EndpointOpened lasting"), 1);
		restarted.callAndWait("lasting", 3);
		assertThat(cluster.provider("lasting").requestCount()).isEqualTo(3);
		long elapsed = micros(restarted, "EndpointOpened lasting", 1) - opened;
		long difference = micros(restarted, "EndpointOpened lasting", 2) - until;
		logger.info("After the restart the end differs by {} µs", difference);

		// An opening that began anew would end later by all that went by.
		assertThat(Math.abs(difference)).isLessThan(elapsed * 3 / 4);
		assertThat(restarted.log()).noneMatch((line) -> line.contains("state store"));
	}

	@Test
	void aProcessThatWasSuspendedDoesNotOverwriteWhatHappenedMeanwhile() {
		InstanceProcess sleeper = cluster.instance("sleeper").awaitReady();
		cluster.open("frozen", sleeper);
		ClusterFixture.awaitEverywhere("frozen", "OPEN", List.of(a));
		sleeper.call("frozen", 1);
		sleeper.suspend();
		cluster.provider("frozen").always(Outcome.healthy());
		ClusterFixture.await(() -> {
			a.callAndWait("frozen", 1);
			return a.breaker("frozen").equals("CLOSED");
		});
		// What the others follow is in Redis.
		ClusterFixture.awaitEverywhere("frozen", "CLOSED", List.of(b, c));
		RedisProcess redis = cluster.redis;
		String state = redis.template().opsForValue().get(key("frozen"));
		sleeper.resume();
		ClusterFixture.awaitEverywhere("frozen", "CLOSED", List.of(sleeper, a, b, c));

		assertThat(redis.template().opsForValue().get(key("frozen"))).isEqualTo(state);
	}

	private static String key(String endpoint) {
		return cluster.redis.template()
			.keys("fallback-ai:cluster-test:{" + endpoint + "@*}:state")
			.stream()
			.findFirst()
			.orElseThrow();
	}

	private static void callEverywhere(String chain, int times) {
		List.of(a, b, c).forEach((instance) -> instance.call(chain, times));
	}

	private static long errors() {
		return a.count("error") + b.count("error") + c.count("error");
	}

	/** How the lines that tell of a kind of event begin. */
	private static String event(String kind) {
		return "event " + kind + ' ';
	}

	/** One of the numbers that came with the latest event of a kind. */
	private static long micros(InstanceProcess instance, String event, int number) {
		List<String> told = instance.told(event(event));
		return Long.parseLong(told.get(told.size() - 1).split(" ")[2 + number]);
	}

}
