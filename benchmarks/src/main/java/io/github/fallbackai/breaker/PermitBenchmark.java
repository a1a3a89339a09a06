// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.net.URI;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.endpoint.Endpoint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs an attempt to enter an endpoint's gate and to report its success.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PermitBenchmark {

	private EndpointGates gates;

	private EndpointGate gate;

	/** Builds the gate. */
	@Setup
	public void prepare() {
		Endpoint endpoint = Endpoint.named("one")
			.provider("openai")
			.url(URI.create("http://127.0.0.1:1/v1"))
			.model("model")
			.build();
		this.gates = EndpointGates.builder().endpoints(endpoint).build();
		this.gate = this.gates.gate(endpoint);
	}

	/** Stops the gate. */
	@TearDown
	public void close() {
		this.gates.close();
	}

	/** One thread alone. */
	@Benchmark
	public void alone() {
		succeed();
	}

	/** Two threads at the same gate. */
	@Benchmark
	@Threads(2)
	public void twoThreads() {
		succeed();
	}

	private void succeed() {
		Permit permit = this.gate.tryEnter();
		if (permit != null) {
			permit.succeeded();
		}
	}

}
