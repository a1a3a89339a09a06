// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProbePermitTests {

	private static final int THREADS = 100;

	private final GateFixture fixture = new GateFixture();

	@RepeatedTest(20)
	void admitsExactlyAsManyProbesAsConfiguredOutOfAHundredThreads() throws Exception {
		EndpointGate gate = openAndExpired(3);
		List<Permit> probes = race(gate);
		assertThat(probes).hasSize(3).allMatch(Permit::probe);
		assertThat(gate.check().skipReason()).isEqualTo(SkipReason.PROBE_IN_PROGRESS);
		probes.forEach(Permit::succeeded);

		assertThat(gate.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(race(gate)).hasSize(THREADS);
	}

	@Test
	void whoComesWhileTheFirstProbeIsLetInFindsItsPlaceTaken() throws Exception {
		EndpointGate gate = openAndExpired(1);
		AtomicReference<Permit> second = new AtomicReference<>();
		Rival rival = new Rival(() -> second.set(gate.tryEnter()));
		this.fixture.breaker("primary").getEventPublisher().onStateTransition((event) -> rival.intervene());
		Permit first = gate.tryEnter();
		rival.join();

		assertThat(first).isNotNull();
		assertThat(second).hasValue(null);
		assertThat(gate.check().skipReason()).isEqualTo(SkipReason.PROBE_IN_PROGRESS);
	}

	@RepeatedTest(5)
	void manyProbesThatFailAtOnceReopenOnce() throws Exception {
		EndpointGate gate = openAndExpired(3);
		List<Permit> probes = race(gate);
		probes.parallelStream().forEach((probe) -> probe.failed(GateFixture.failure(FailureKind.SERVER_ERROR)));

		assertThat(gate.check().remaining()).isEqualTo(Duration.ofMillis(22_500));
		assertThat(this.fixture.events).hasSize(2)
			.allSatisfy((event) -> assertThat(event).isInstanceOf(FailoverEvent.EndpointOpened.class));
	}

	@Test
	void staysHalfOpenUntilEveryProbeIsJudged() {
		EndpointGate gate = openAndExpired(2);
		Permit first = GateFixture.enter(gate);
		Permit second = GateFixture.enter(gate);
		first.firstContent(GateFixture.SECOND);
		assertThat(gate.circuitBreaker()).isEqualTo("HALF_OPEN");
		assertThat(gate.tryEnter()).isNull();
		second.firstContent(GateFixture.SECOND);

		assertThat(gate.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void theCutOfAJudgedProbeIsNoSecondVerdict() {
		EndpointGate gate = openAndExpired(3);
		Permit first = GateFixture.enter(gate);
		Permit second = GateFixture.enter(gate);
		first.firstContent(GateFixture.SECOND);
		first.failed(GateFixture.failure(FailureKind.CONNECTION_LOST));
		second.firstContent(GateFixture.SECOND);
		assertThat(gate.circuitBreaker()).isEqualTo("HALF_OPEN");
		GateFixture.succeed(gate);

		assertThat(gate.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void aReleasedProbeFreesItsPlace() {
		EndpointGate gate = openAndExpired(1);
		Permit cancelled = GateFixture.enter(gate);
		assertThat(gate.tryEnter()).isNull();
		cancelled.released();
		cancelled.released();
		assertThat(gate.check().available()).isTrue();
		assertThat(gate.tryEnter()).isNotNull();

		assertThat(gate.tryEnter()).isNull();
	}

	@Test
	void aProbeThatFailsThroughNoFaultOfTheEndpointFreesItsPlace() {
		EndpointGate gate = openAndExpired(1);
		GateFixture.fail(gate, FailureKind.LOCAL);
		assertThat(gate.circuitBreaker()).isEqualTo("HALF_OPEN");

		assertThat(GateFixture.enter(gate).probe()).isTrue();
	}

	@Test
	void probesThatNeverReportAreGivenUpAfterAMinute() {
		EndpointGate gate = openAndExpired(1);
		Permit silent = GateFixture.enter(gate);
		this.fixture.pass(Duration.ofMinutes(1).minusNanos(1));
		assertThat(gate.tryEnter()).isNull();
		this.fixture.pass(Duration.ofNanos(1));
		assertThat(gate.check().available()).isTrue();
		Permit next = GateFixture.enter(gate);
		assertThat(gate.tryEnter()).isNull();
		silent.failed(GateFixture.failure(FailureKind.TIMED_OUT));
		assertThat(gate.circuitBreaker()).isEqualTo("HALF_OPEN");
		next.succeeded();

		assertThat(gate.circuitBreaker()).isEqualTo("CLOSED");
	}

	private EndpointGate openAndExpired(int halfOpenCalls) {
		EndpointGate gate = this.fixture
			.gate(GateFixture.endpoint("primary", GateFixture.halfOpenCalls(halfOpenCalls)));
		GateFixture.open(gate);
		this.fixture.pass(Duration.ofSeconds(30));
		return gate;
	}

	private static List<Permit> race(EndpointGate gate) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			CyclicBarrier start = new CyclicBarrier(THREADS);
			List<Future<Permit>> answers = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				answers.add(threads.submit(() -> {
					start.await(60, TimeUnit.SECONDS);
					return gate.tryEnter();
				}));
			}
			List<Permit> permits = new ArrayList<>();
			for (Future<Permit> answer : answers) {
				Permit permit = answer.get(60, TimeUnit.SECONDS);
				if (permit != null) {
					permits.add(permit);
				}
			}
			return permits;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
