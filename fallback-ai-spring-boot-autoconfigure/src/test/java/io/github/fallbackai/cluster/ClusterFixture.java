// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A Redis server, simulated providers and instances that share both. Every sick endpoint
 * is the first of a chain of its own, before {@code backup}, so that tests do not get in
 * each other's way.
 */
final class ClusterFixture implements AutoCloseable {

	static final String BACKUP = "backup";

	/** Longer than a message of the slowest machine takes. */
	static final Duration SYNC = Duration.ofSeconds(2);

	/** No command fails on a machine that only takes its time. */
	private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(20);

	final RedisProcess redis = new RedisProcess();

	private final Map<String, ProviderSimulator> providers = new LinkedHashMap<>();

	private final List<String> properties = new ArrayList<>();

	private final List<InstanceProcess> instances = new ArrayList<>();

	ClusterFixture() {
		this(COMMAND_TIMEOUT);
	}

	/** With a limit of its own for tests that wait until Redis counts as out. */
	ClusterFixture(Duration commandTimeout) {
		this.properties.addAll(List.of("spring.application.name=cluster-test", "spring.main.banner-mode=off",
				"spring.data.redis.port=" + this.redis.port(), "fallback.ai.state-store.sync-interval=" + SYNC,
				"fallback.ai.state-store.command-timeout=" + commandTimeout, "fallback.ai.default-chain=" + BACKUP,
				"fallback.ai.defaults.timeout.first-content=5m", "fallback.ai.defaults.timeout.idle=5m",
				"fallback.ai.deadline=5m", "logging.level.root=warn"));
		endpoint(BACKUP, Duration.ofSeconds(30), 1);
	}

	/** Adds an endpoint and its chain. */
	ClusterFixture endpoint(String name, Duration recoveryTimeout, int halfOpenCalls) {
		String prefix = "fallback.ai.endpoints[" + this.providers.size() + "].";
		ProviderSimulator provider = ProviderSimulator.forEndpoint(name).start();
		this.providers.put(name, provider);
		this.properties
			.addAll(List.of(prefix + "name=" + name, prefix + "model=model", prefix + "url=" + provider.url(),
					prefix + "api-key=simulated", prefix + "circuit-breaker.recovery-timeout=" + recoveryTimeout,
					prefix + "circuit-breaker.half-open-calls=" + halfOpenCalls,
					// The tests hold the probes, so calls have to be the probes.
					prefix + "circuit-breaker.probe.mode=traffic", prefix + "circuit-breaker.probe.patience=4m",
					"fallback.ai.chains." + name + ".endpoints=" + (name.equals(BACKUP) ? name : name + "," + BACKUP)));
		return this;
	}

	ProviderSimulator provider(String name) {
		return this.providers.get(name);
	}

	/** Starts an instance. */
	InstanceProcess instance(String id, String... jvmArguments) {
		List<String> own = new ArrayList<>(this.properties);
		own.add("fallback.ai.state-store.instance-id=" + id);
		InstanceProcess instance = InstanceProcess.start(List.of(jvmArguments), own);
		this.instances.add(instance);
		return instance;
	}

	/** Has an instance see an endpoint fail until its breaker opens. */
	void open(String endpoint, InstanceProcess instance) {
		provider(endpoint).always(Outcome.status(500));
		instance.callAndWait(endpoint, 3);
		while (!instance.breaker(endpoint).equals("OPEN")) {
			// There is more traffic than three failures could stand for.
			instance.callAndWait(endpoint, 1);
		}
	}

	/** Waits until all instances agree on the state of a breaker. */
	static void awaitEverywhere(String endpoint, String state, List<InstanceProcess> instances) {
		for (InstanceProcess instance : instances) {
			await(() -> instance.breaker(endpoint).equals(state));
		}
	}

	static void await(Callable<Boolean> condition) {
		patiently().until(condition);
	}

	/**
	 * Waits for what calls bring about. They are made one round after the other, because
	 * those that wait in a line would reach a provider during the test that comes next.
	 */
	static void awaitByCalls(Runnable calls, BooleanSupplier condition) {
		patiently().pollInterval(Duration.ofMillis(500)).until(() -> {
			calls.run();
			return condition.getAsBoolean();
		});
	}

	static ConditionFactory patiently() {
		return Awaitility.await().atMost(InstanceProcess.PATIENCE).pollInterval(Duration.ofMillis(20));
	}

	@Override
	public void close() {
		this.instances.forEach(InstanceProcess::close);
		this.providers.values().forEach(ProviderSimulator::close);
		this.redis.close();
	}

}
