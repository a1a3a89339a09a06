// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.wire.EventData;
import io.github.fallbackai.client.http.wire.ResponseHead;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to read one event of a stream, once its frame is known and when each
 * event has another one, so that all have to be parsed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeltaBenchmark {

	private static final int EVENTS = 100;

	private final Dialect dialect = StandardDialects.all()
		.stream()
		.filter((known) -> known.provider().equals("openai"))
		.findFirst()
		.orElseThrow();

	private final ResponseHead head = new ResponseHead(200, Map.of());

	private final List<EventData> events = new ArrayList<>();

	/** Whether all events differ in nothing but their text. */
	@Param({ "true", "false" })
	public boolean alike;

	/** Writes the events. */
	@Setup
	public void prepare() {
		for (int index = 0; index < EVENTS; index++) {
			this.events.add(new Event(("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":"
					+ (this.alike ? 1 : index) + ",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":"
					+ "{\"content\":\"twenty characters it\"},\"finish_reason\":null}]}")
				.getBytes(StandardCharsets.UTF_8)));
		}
	}

	/** Reads a stream. */
	@Benchmark
	@OperationsPerInvocation(EVENTS)
	public void read(Blackhole blackhole) {
		AnswerContent content = new AnswerContent(this.dialect, this.head, new ChunkCounts());
		for (EventData event : this.events) {
			content.event(event, blackhole::consume);
		}
	}

	private static final class Event implements EventData {

		private final byte[] bytes;

		Event(byte[] bytes) {
			this.bytes = bytes;
		}

		@Override
		public byte[] bytes() {
			return this.bytes;
		}

		@Override
		public String type() {
			return "message";
		}

		@Override
		public int from() {
			return 0;
		}

		@Override
		public int to() {
			return this.bytes.length;
		}

	}

}
