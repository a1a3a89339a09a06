// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.EndpointGatesBuilder;
import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateOrder;
import io.github.fallbackai.engine.candidate.Requirements;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RetrySettings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Flux;

/**
 * What it costs to pick the endpoint of a call from ten: requirements, order and plan.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlanningBenchmark {

	private static final int ENDPOINTS = 10;

	private final AttemptPlanner planner = new AttemptPlanner();

	private final ChatRequest request = ChatRequest.of("hello");

	/** How many of the endpoints, the first ones, are open. */
	@Param({ "0", "9" })
	public int open;

	private EndpointGates gates;

	private CandidateChain chain;

	/** Builds the chain. */
	@Setup
	public void prepare() {
		List<Endpoint> endpoints = new ArrayList<>();
		EndpointGatesBuilder builder = EndpointGates.builder();
		for (int index = 0; index < ENDPOINTS; index++) {
			Endpoint endpoint = Endpoint.named("endpoint-" + index)
				.provider("openai")
				.url(URI.create("http://127.0.0.1:1/v1"))
				.model("model-" + index)
				.build();
			endpoints.add(endpoint);
			builder.endpoints(endpoint);
		}
		this.gates = builder.build();
		List<Candidate> candidates = endpoints.stream().map(this::candidate).toList();
		candidates.subList(0, this.open).forEach((candidate) -> open(candidate.gate()));
		this.chain = new CandidateChain("default", candidates, CallSettings.DEFAULTS);
	}

	private Candidate candidate(Endpoint endpoint) {
		return new Candidate(endpoint, this.gates.gate(endpoint), PlanningBenchmark::answerNothing,
				RetrySettings.DEFAULTS);
	}

	private static Flux<EndpointEvent> answerNothing(EndpointRequest request) {
		return Flux.empty();
	}

	private static void open(EndpointGate gate) {
		for (Permit permit = gate.tryEnter(); permit != null; permit = gate.tryEnter()) {
			permit.failed(Failure.of(FailureKind.SERVER_ERROR).build());
		}
	}

	/** Stops the gates. */
	@TearDown
	public void close() {
		this.gates.close();
	}

	/** Plans the first attempt of a call. */
	@Benchmark
	public Object plan() {
		CandidateOrder order = this.chain.order(this.request);
		Requirements requirements = Requirements.of(this.chain, order, this.request, TokenEstimator.ROUGH);
		return this.planner.plan(order, requirements, new CallHistory(), null, true);
	}

}
