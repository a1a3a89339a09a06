// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.util.List;

/**
 * How much is measured.
 *
 * @param unary calls whose answer comes whole, the first ones of a process first
 * @param streams streams, the first ones of a process first
 */
record Workloads(List<Workload> unary, List<Workload> streams) {

	/** Some minutes. */
	static final Workloads QUICK = of(20_000, 1, 7);

	/** About an hour. */
	static final Workloads FULL = of(200_000, 4, 15);

	private static Workloads of(int warmUp, int scale, int rounds) {
		List<Workload> unary = List.of(new Workload("unary, first 7,000 calls", "call", 64, 7000, 0, 1),
				new Workload("unary, warm", "call", 64, 1500 * scale, warmUp, rounds));
		List<Workload> streams = List.of(new Workload("stream, first 100", "stream", 64, 100, 0, 1),
				new Workload("stream, warm, 64 at a time", "stream", 64, 100 * scale, warmUp / 40, rounds),
				new Workload("stream, warm, 1 at a time", "stream", 1, 20 * scale, 20, rounds),
				new Workload("stream, warm, 256 at a time", "stream", 256, 256 * scale, 256, rounds));
		return new Workloads(unary, streams);
	}

}
