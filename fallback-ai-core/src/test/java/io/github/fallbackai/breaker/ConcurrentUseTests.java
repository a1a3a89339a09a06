// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.suite.Seed;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances on one store, used and interfered with at random. */
class ConcurrentUseTests {

	private static final int THREADS = 8;

	private static final int CALLS = 1000;

	private final GateFixture here = new GateFixture();

	private final GateFixture there = new GateFixture(this.here);

	private final BreakerStateStore store = new InMemoryStateStore(this.here.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary", GateFixture.halfOpenCalls(3));

	@RepeatedTest(5)
	void nothingThatHappensAtOnceWedgesAGate() throws Exception {
		Seed seed = Seed.any();
		EndpointGate gate = this.here.builder(this.endpoint).stateStore(this.store).build().gate(this.endpoint);
		EndpointGate other = this.there.builder(this.endpoint).stateStore(this.store).build().gate(this.endpoint);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> users = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				Random random = new Random(seed.value() + i);
				EndpointGate used = (i % 2 == 0) ? gate : other;
				users.add(threads.submit(() -> use(used, random)));
			}
			for (Future<?> user : users) {
				assertThat(user).as("%s", seed).succeedsWithin(Duration.ofMinutes(5));
			}
		}
		finally {
			threads.shutdownNow();
			threads.awaitTermination(60, TimeUnit.SECONDS);
		}
		for (EndpointGate used : List.of(gate, other)) {
			assertThat(recovers(used)).as("%s", seed).isTrue();
		}
	}

	private void use(EndpointGate gate, Random random) {
		for (int i = 0; i < CALLS; i++) {
			gate.check();
			Permit permit = gate.tryEnter();
			this.here.pass(Duration.ofMillis(random.nextInt(200)));
			if (permit != null) {
				end(permit, random.nextInt(10));
			}
			if (random.nextInt(50) == 0) {
				interfere(random.nextInt(4));
			}
		}
	}

	private static void end(Permit permit, int way) {
		if (way % 2 == 0) {
			permit.firstContent(GateFixture.SECOND);
		}
		switch (way) {
			case 0, 1, 2 -> permit.succeeded();
			case 3, 4 -> permit.released();
			case 5 -> permit.failed(GateFixture.failure(FailureKind.RATE_LIMITED));
			default -> permit.failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		}
	}

	private void interfere(int way) {
		CircuitBreaker breaker = this.here.breaker("primary");
		switch (way) {
			case 0 -> breaker.transitionToForcedOpenState();
			case 1 -> breaker.transitionToDisabledState();
			case 2 -> breaker.reset();
			default -> breaker.transitionToClosedState();
		}
	}

	/**
	 * An endpoint that works again gets its breaker closed, at the latest when silent
	 * probes are given up.
	 */
	private boolean recovers(EndpointGate gate) {
		this.here.breaker("primary").reset();
		this.here.pass(Duration.ofMinutes(10));
		for (int i = 0; i < 3 && !gate.circuitBreaker().equals("CLOSED"); i++) {
			GateFixture.succeed(gate);
		}
		return gate.circuitBreaker().equals("CLOSED") && gate.check().available() && !gate.needsProbe();
	}

}
