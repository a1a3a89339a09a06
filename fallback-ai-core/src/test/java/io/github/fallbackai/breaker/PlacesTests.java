// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.chat.Load;
import io.github.fallbackai.endpoint.ConcurrencySettings;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many calls an endpoint takes at a time.
 */
class PlacesTests {

	private final GateFixture fixture = new GateFixture();

	@Test
	void takesAsManyCallsAsConfiguredUntilOneEnds() {
		EndpointGate gate = gate(new ConcurrencySettings(2, false, 0.5));
		Permit first = gate.tryEnter();
		Permit second = gate.tryEnter();
		assertThat(gate.tryEnter()).isNull();
		assertThat(gate.check().skipReason()).isEqualTo(SkipReason.CONCURRENCY_LIMIT);
		first.succeeded();
		first.released();
		Permit third = gate.tryEnter();
		assertThat(third).isNotNull();
		assertThat(gate.tryEnter()).as("a permit that is closed twice gives back one place").isNull();
		second.released();
		third.failed(GateFixture.failure(FailureKind.INVALID_REQUEST));
		assertThat(gate.check().available()).isTrue();
	}

	@Test
	void leavesPartOfThePlacesToOthersThanBatchCalls() {
		EndpointGate gate = gate(new ConcurrencySettings(8, false, 0.5));
		for (int call = 0; call < 4; call++) {
			assertThat(gate.tryEnter(Load.BATCH)).isNotNull();
		}
		assertThat(gate.tryEnter(Load.BATCH)).isNull();
		assertThat(gate.check(Load.BATCH).skipReason()).isEqualTo(SkipReason.CONCURRENCY_LIMIT);
		for (int call = 0; call < 4; call++) {
			assertThat(gate.tryEnter()).isNotNull();
		}
		assertThat(gate.tryEnter()).isNull();
	}

	@Test
	void batchCallsAlwaysHaveOnePlace() {
		EndpointGate gate = gate(new ConcurrencySettings(1, false, 0.1));
		assertThat(gate.tryEnter(Load.BATCH)).isNotNull();
	}

	@Test
	void whoIsRefusedByTheBreakerLeavesNoPlaceTaken() {
		EndpointGate gate = gate(new ConcurrencySettings(2, false, 1));
		for (int call = 0; call < 3; call++) {
			gate.tryEnter().failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		}
		this.fixture.pass(Duration.ofSeconds(30));
		Permit probe = gate.tryEnter();
		for (int call = 0; call < 3; call++) {
			assertThat(gate.tryEnter()).isNull();
		}
		probe.succeeded();
		assertThat(gate.tryEnter()).isNotNull();
		assertThat(gate.tryEnter()).isNotNull();
		assertThat(gate.tryEnter()).isNull();
	}

	@Test
	void aRateLimitNarrowsAnAdaptiveLimit() {
		EndpointGate gate = gate(new ConcurrencySettings(10, true, 1));
		gate.tryEnter().failed(GateFixture.failure(FailureKind.RATE_LIMITED));
		this.fixture.pass(Duration.ofSeconds(10));
		for (int call = 0; call < 7; call++) {
			assertThat(gate.tryEnter()).isNotNull();
		}
		assertThat(gate.tryEnter()).isNull();
	}

	@Test
	void whatIsNotTheEndpointsFaultNarrowsNothing() {
		EndpointGate gate = gate(new ConcurrencySettings(10, true, 1));
		gate.tryEnter().failed(Failure.of(FailureKind.RATE_LIMITED).account("caller").build());
		this.fixture.pass(Duration.ofSeconds(10));
		gate.tryEnter().failed(Failure.of(FailureKind.TIMED_OUT).notTheEndpointsFault().build());
		this.fixture.pass(Duration.ofSeconds(10));
		for (int call = 0; call < 10; call++) {
			assertThat(gate.tryEnter()).isNotNull();
		}
	}

	@Test
	void neverTakesMoreFromManyThreads() throws Exception {
		Places places = new Places(new ConcurrencySettings(8, false, 0.5));
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger batchInside = new AtomicInteger();
		AtomicInteger exceeded = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(16);
		ExecutorService threads = Executors.newFixedThreadPool(16);
		for (int thread = 0; thread < 16; thread++) {
			Load load = (thread % 2 == 0) ? Load.BATCH : Load.INTERACTIVE;
			threads.execute(() -> {
				for (int round = 0; round < 20_000; round++) {
					if (places.tryTake(load)) {
						int batch = (load == Load.BATCH) ? batchInside.incrementAndGet() : 0;
						if (inside.incrementAndGet() > 8 || batch > 4) {
							exceeded.incrementAndGet();
						}
						inside.decrementAndGet();
						if (load == Load.BATCH) {
							batchInside.decrementAndGet();
						}
						places.giveBack(load);
					}
				}
				done.countDown();
			});
		}
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		threads.shutdownNow();
		assertThat(exceeded).hasValue(0);
		assertThat(places.free(Load.BATCH)).isTrue();
	}

	@Test
	void anEndpointThatClosedGetsMoreAndMoreOfItsCalls() {
		EndpointGate gate = gate(ConcurrencySettings.DEFAULTS);
		assertThat(gate.usableShare()).isOne();
		for (int call = 0; call < 3; call++) {
			gate.tryEnter().failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		}
		this.fixture.pass(Duration.ofSeconds(30));
		gate.tryEnter().succeeded();
		assertThat(gate.usableShare()).isEqualTo(0.1);
		this.fixture.pass(Duration.ofSeconds(15));
		assertThat(gate.usableShare()).isEqualTo(0.55);
		this.fixture.pass(Duration.ofSeconds(15));
		assertThat(gate.usableShare()).isOne();
	}

	private EndpointGate gate(ConcurrencySettings concurrency) {
		return this.fixture.gate(GateFixture.any("primary").concurrency(concurrency).build());
	}

}
