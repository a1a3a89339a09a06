// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.wire;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.fallbackai.benchmarks.Numbers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Compares what a call costs this process over different ways to the same provider: CPU
 * time, also as a multiple of the plain WebClient's, and bytes allocated. The ways take
 * turns in short rounds, so that all see the same machine, and medians are reported. The
 * arguments are the kind of call ({@code stream} or {@code unary}), two numbers (the
 * calls at a time and the calls of a round), and the names of the ways.
 */
public final class WireCost {

	private static final Logger logger = LoggerFactory.getLogger(WireCost.class);

	private static final int ROUNDS = 24;

	/** The first rounds are for the compiler. */
	private static final int WARM_UP = 8;

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private WireCost() {
	}

	/**
	 * Measures and logs.
	 * @param args see above
	 * @throws Exception if a call fails
	 */
	public static void main(String[] args) throws Exception {
		List<String> arguments = Arrays.stream(args).flatMap((arg) -> Arrays.stream(arg.split("[ ,]+"))).toList();
		List<Integer> numbers = arguments.stream().filter((arg) -> arg.matches("\\d+")).map(Integer::valueOf).toList();
		boolean streaming = arguments.contains("stream");
		int atATime = numbers.isEmpty() ? 64 : numbers.get(0);
		int calls = (numbers.size() > 1) ? numbers.get(1) : (streaming ? 400 : 8000);
		Process provider = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), MockProvider.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(provider.getInputStream(), StandardCharsets.UTF_8))) {
			URI uri = URI.create("http://127.0.0.1:" + output.readLine() + "/v1");
			Map<String, Way> ways = new LinkedHashMap<>(Ways.all(uri, streaming));
			List<String> chosen = ways.keySet().stream().filter(arguments::contains).toList();
			if (!chosen.isEmpty()) {
				ways.keySet().removeIf((name) -> !chosen.contains(name) && !name.equals(Ways.REFERENCE));
			}
			compare(ways, atATime, calls, streaming ? MockProvider.CHUNKS : 1);
		}
		finally {
			provider.destroy();
		}
		System.exit(0);
	}

	private static void compare(Map<String, Way> ways, int atATime, int calls, int parts) {
		Map<String, List<Cost>> costs = new LinkedHashMap<>();
		for (int round = 0; round < ROUNDS; round++) {
			for (Map.Entry<String, Way> way : ways.entrySet()) {
				Cost cost = measure(way.getValue(), atATime, calls);
				if (round >= WARM_UP) {
					costs.computeIfAbsent(way.getKey(), (name) -> new ArrayList<>()).add(cost);
				}
			}
		}
		logger.info("{} at a time, {} calls a round; medians for each {}", atATime, calls,
				(parts > 1) ? "chunk" : "call");
		List<Cost> reference = costs.getOrDefault(Ways.REFERENCE, List.of());
		costs.forEach((name, measured) -> {
			double[] ratios = new double[measured.size()];
			Arrays.setAll(ratios, (i) -> measured.get(i).nanos() / (double) reference.get(i).nanos());
			logger.info(String.format("%-14s %6.2f x   %9.2f µs   %9.0f B", name, Numbers.median(ratios),
					Numbers.median(measured.stream().mapToDouble(Cost::nanos).toArray()) / calls / parts / 1000,
					Numbers.median(measured.stream().mapToDouble(Cost::bytes).toArray()) / calls / parts));
		});
	}

	private static Cost measure(Way way, int atATime, int calls) {
		long bytes = allocated();
		long nanos = SYSTEM.getProcessCpuTime();
		Flux.range(0, calls).flatMap((i) -> way.call(), atATime).blockLast();
		return new Cost(SYSTEM.getProcessCpuTime() - nanos, allocated() - bytes);
	}

	private static long allocated() {
		long sum = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			sum += Math.max(bytes, 0);
		}
		return sum;
	}

	/**
	 * One way to the provider.
	 */
	@FunctionalInterface
	interface Way {

		/** Calls and completes with the answer. */
		Mono<?> call();

	}

	/**
	 * What a round cost.
	 *
	 * @param nanos CPU time of this process
	 * @param bytes bytes allocated
	 */
	private record Cost(long nanos, long bytes) {

	}

}
