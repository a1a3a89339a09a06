// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.breaker.OperatorControl;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.OperatorDecision;
import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisStringCommands;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.types.Expiration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis server that needs memory may evict any key at any time. What was decided holds
 * nevertheless, and as long as it was to hold.
 */
@Tag("slow")
class EvictionTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final String PREFIX = "evicted";

	/** Much more than fits into the memory of the server. */
	private static final int KEYS = 16_000;

	private static final int BATCH = 500;

	private static final byte[] KILOBYTE = new byte[1024];

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final RedisProcess redis = new RedisProcess();

	private final StringRedisTemplate template = this.redis.template();

	private final List<LocalInstance> instances = new ArrayList<>();

	@AfterEach
	void stop() {
		this.instances.forEach(LocalInstance::close);
		this.redis.close();
	}

	@Test
	void eachKeyMayVanish() {
		LocalInstance here = instance("here", 1);
		LocalInstance there = instance("there", 1);
		openAndDisable(here);
		await().untilAsserted(() -> assertHolds(there));
		Set<String> keys = this.template.keys(PREFIX + "*");
		assertThat(keys).hasSizeGreaterThanOrEqualTo(4);
		for (String key : keys) {
			this.template.delete(key);
			awaitComparison(here);
			awaitComparison(there);
			assertHolds(here);
			assertHolds(there);
			await().untilAsserted(() -> assertKept(here));
			LocalInstance late = instance("late", 1);
			assertHolds(late);
			late.close();
		}
		assertThat(here.gates.stateStoreActivity().outages()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "allkeys-lru", "allkeys-lfu", "allkeys-random" })
	void whatInstancesKnowComesBackWhateverIsEvicted(String policy) {
		LocalInstance here = instance("here", 1);
		LocalInstance there = instance("there", 1);
		openAndDisable(here);
		await().untilAsserted(() -> assertHolds(there));
		fill(policy, () -> {
			assertHolds(here);
			assertHolds(there);
		});

		awaitComparison(here);
		await().untilAsserted(() -> assertKept(here));
		assertHolds(instance("late", 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl" })
	void whatOperatorsDecidedOutlivesAllInstancesIfOnlyExpiringKeysAreEvicted(String policy) {
		LocalInstance here = instance("here", 1);
		openAndDisable(here);
		here.close();
		fill(policy, () -> assertThat(this.template.hasKey(key(here, "decision"))).isTrue());

		assertThat(disabling(instance("late", 1))).isNotNull();
	}

	@Test
	void aVoteThatWasEvictedIsCastAgain() {
		LocalInstance one = instance("one", 2);
		LocalInstance two = instance("two", 2);
		LocalInstance three = instance("three", 2);
		open(one);
		String votes = key(one, "votes");
		await().until(() -> Boolean.TRUE.equals(this.template.hasKey(votes)));
		this.template.delete(votes);
		await().until(() -> Boolean.TRUE.equals(this.template.hasKey(votes)));
		assertThat(three.breaker()).isEqualTo("CLOSED");
		open(two);

		await().until(() -> three.breaker().equals("OPEN"));
	}

	private static void openAndDisable(LocalInstance instance) {
		open(instance);
		OperatorControl control = instance.gates.control(instance.primary);
		control.disable(HOUR, "maintenance").block();
	}

	private static void open(LocalInstance instance) {
		primary.always(Outcome.status(500));
		assertThat(instance.call(3)).isEqualTo(3);
		await().until(() -> instance.breaker().equals("OPEN"));
	}

	private static void assertHolds(LocalInstance instance) {
		assertThat(instance.gates.control(instance.primary).disabledReason()).isEqualTo("maintenance");
		assertThat(instance.breaker()).isEqualTo("OPEN");
	}

	private static void assertKept(LocalInstance instance) {
		EndpointState state = instance.store.load(instance.primary.id()).block();
		assertThat(state).isNotNull();
		assertThat(state.breaker().open()).isTrue();
		assertAboutAnHour(state.breaker().remaining());
		assertThat(disabling(instance)).isNotNull();
		assertAboutAnHour(disabling(instance).remaining());
	}

	private static void assertAboutAnHour(Duration remaining) {
		assertThat(remaining).isBetween(Duration.ofMinutes(45), HOUR);
	}

	private static OperatorDecision.Disabling disabling(LocalInstance instance) {
		OperatorDecision decision = instance.store.loadDecision(instance.primary.id()).block();
		return (decision != null) ? decision.disabling() : null;
	}

	/** Waits until an instance has compared everything it knows, from now on. */
	private static void awaitComparison(LocalInstance instance) {
		long now = System.nanoTime();
		await().until(() -> {
			Duration since = instance.gates.stateStoreActivity().sinceComparison();
			// A comparison takes less than its interval.
			return since != null && since.plus(LocalInstance.SYNC).toNanos() < System.nanoTime() - now;
		});
	}

	/** Writes more than the server may keep, and looks meanwhile whether all is well. */
	private void fill(String policy, Runnable check) {
		this.redis.command("CONFIG SET maxmemory-policy " + policy);
		this.redis.command("CONFIG SET maxmemory 4mb");
		for (int number = 0; number < KEYS; number += BATCH) {
			int first = number;
			this.template.executePipelined((RedisCallback<Object>) (connection) -> {
				for (int i = first; i < first + BATCH; i++) {
					connection.stringCommands()
						.set(("filler-" + i).getBytes(), KILOBYTE, Expiration.seconds(100_000_000),
								RedisStringCommands.SetOption.upsert());
				}
				return null;
			});
			check.run();
		}
		assertThat(evicted()).isGreaterThan(KEYS / 2);
		this.redis.command("CONFIG SET maxmemory 0");
	}

	private long evicted() {
		String info = this.template.execute((RedisCallback<String>) (
				connection) -> connection.serverCommands().info("stats").getProperty("evicted_keys"));
		return Long.parseLong(info);
	}

	private static String key(LocalInstance instance, String what) {
		return PREFIX + ":{" + instance.primary.id() + "}:" + what;
	}

	private LocalInstance instance(String id, int quorum) {
		LocalInstance instance = new LocalInstance(this.redis.connect(), LocalInstance.redis(PREFIX),
				new ClusterSettings(id, quorum, LocalInstance.SYNC), primary, backup);
		this.instances.add(instance);
		return instance;
	}

	private static org.awaitility.core.ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20));
	}

}
