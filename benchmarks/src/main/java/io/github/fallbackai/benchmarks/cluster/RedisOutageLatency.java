// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.cluster.ClusterSettings;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.state.redis.RedisStateSettings;
import io.github.fallbackai.state.redis.RedisStateStore;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import redis.embedded.core.ExecutableProvider;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Latency of 200 concurrent calls while Redis works, is suspended and is dead, in turns.
 * The first endpoint fails and is probed every second, so that there is something to
 * share all the time; the second answers.
 */
public final class RedisOutageLatency implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RedisOutageLatency.class);

	private static final int CONCURRENCY = 200;

	private static final int CALLS = 4000;

	private static final int ROUNDS = 7;

	private final ProviderSimulator primary = ProviderSimulator.forEndpoint("primary").start();

	private final ProviderSimulator backup = ProviderSimulator.forEndpoint("backup").start();

	private final int port = freePort();

	private Process redis = startRedis(this.port);

	private final LettuceConnectionFactory connections;

	private final RedisStateStore store;

	private final AiFallbackTemplate template;

	private RedisOutageLatency() throws IOException {
		this.primary.always(Outcome.status(500));
		this.backup.always(Outcome.healthy().firstTokenAfter(Duration.ofMillis(50)));
		this.connections = new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", this.port));
		this.connections.afterPropertiesSet();
		this.connections.start();
		this.store = new RedisStateStore(this.connections, new RedisStateSettings("latency", Duration.ofMillis(250)));
		Endpoint first = endpoint(this.primary);
		Endpoint second = endpoint(this.backup);
		EndpointGates gates = EndpointGates.builder()
			.endpoints(first, second)
			.stateStore(this.store)
			.cluster(new ClusterSettings("measured", 1, Duration.ofSeconds(1)))
			.build();
		this.template = AiFallbackTemplate.builder().endpoint(first).endpoint(second).gates(gates).build();
	}

	private static Endpoint endpoint(ProviderSimulator provider) {
		BreakerSettings defaults = BreakerSettings.DEFAULTS;
		return Endpoint.named(provider.endpoint())
			.url(URI.create(provider.url()))
			.model("model")
			.breaker(new BreakerSettings(defaults.failureThreshold(), defaults.failureRate(), defaults.window(),
					Duration.ofSeconds(1), Duration.ofSeconds(1), defaults.halfOpenCalls()))
			.build();
	}

	/**
	 * Measures and logs.
	 * @param args none
	 * @throws Exception if Redis cannot be started
	 */
	public static void main(String[] args) throws Exception {
		try (RedisOutageLatency measured = new RedisOutageLatency()) {
			measured.run();
		}
	}

	private void run() throws Exception {
		latencies();
		List<double[]> suspended = new ArrayList<>();
		List<double[]> dead = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			long[] well = latencies();
			signal("STOP");
			suspended.add(ratios(latencies(), well));
			signal("CONT");
			awaitReachable();
			well = latencies();
			this.redis.destroyForcibly().waitFor();
			dead.add(ratios(latencies(), well));
			this.redis = startRedis(this.port);
			awaitReachable();
		}
		report("suspended", suspended);
		report("dead", dead);
	}

	private void awaitReachable() {
		Mono.delay(Duration.ofMillis(100)).repeat(() -> !this.store.reachable()).blockLast(Duration.ofMinutes(2));
	}

	/** Nanoseconds of each call, sorted. A call that fails ends the measurement. */
	private long[] latencies() {
		return Flux.range(0, CALLS).flatMap((number) -> Mono.defer(() -> {
			long start = System.nanoTime();
			return this.template.chat("Hello").map((answer) -> System.nanoTime() - start);
		}), CONCURRENCY)
			.collectList()
			.blockOptional()
			.orElseThrow()
			.stream()
			.mapToLong(Long::longValue)
			.sorted()
			.toArray();
	}

	/** Of the medians and of the 99th percentiles. */
	private static double[] ratios(long[] out, long[] well) {
		return new double[] { (double) out[CALLS / 2] / well[CALLS / 2],
				(double) out[CALLS * 99 / 100] / well[CALLS * 99 / 100] };
	}

	private static void report(String what, List<double[]> ratios) {
		logger.info("Redis {}: median ratio {}, p99 ratio {} (median of {} pairs)", what, middle(ratios, 0),
				middle(ratios, 1), ratios.size());
	}

	private static String middle(List<double[]> ratios, int index) {
		double[] sorted = ratios.stream().mapToDouble((ratio) -> ratio[index]).sorted().toArray();
		return String.format(Locale.ROOT, "%.2f", sorted[sorted.length / 2]);
	}

	private void signal(String name) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + name, Long.toString(this.redis.pid())).start().waitFor();
	}

	private static Process startRedis(int port) throws IOException {
		String executable = ExecutableProvider.newJarResourceProvider().get().getPath();
		Process process = new ProcessBuilder(executable, "--port", Integer.toString(port), "--bind", "127.0.0.1",
				"--save", "")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		return process;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() {
		this.template.close();
		this.store.close();
		this.connections.destroy();
		this.redis.destroyForcibly();
		this.primary.close();
		this.backup.close();
	}

}
