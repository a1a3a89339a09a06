// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to find one event in the bytes of a stream.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FramingBenchmark {

	private static final int EVENTS = 100;

	private static final int MAX_EVENT_BYTES = 1 << 20;

	private final byte[] bytes = ("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
			+ "\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"twenty characters it\"},"
			+ "\"finish_reason\":null}]}\n\n")
		.repeat(EVENTS)
		.getBytes(StandardCharsets.UTF_8);

	/** How many bytes arrive at once: few cut each event into pieces. */
	@Param({ "16384", "64" })
	public int piece;

	/** Finds the events of a stream. */
	@Benchmark
	@OperationsPerInvocation(EVENTS)
	public int frame() {
		SseDecoder decoder = new SseDecoder(MAX_EVENT_BYTES);
		int[] length = { 0 };
		for (int from = 0; from < this.bytes.length; from += this.piece) {
			decoder.decode(this.bytes, from, Math.min(from + this.piece, this.bytes.length), (event) -> {
				length[0] += event.to() - event.from();
				return false;
			});
		}
		return length[0];
	}

}
