// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.cluster.ClusterSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.InMemoryCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances that share a store. One rehearses failures.
 */
class RehearsalTests {

	private static final Duration SYNC = Duration.ofSeconds(5);

	private final GateFixture here = new GateFixture();

	private final GateFixture there = new GateFixture(this.here);

	private final InMemoryCluster cluster = new InMemoryCluster(this.here.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary");

	private final AtomicBoolean running = new AtomicBoolean(true);

	private int quorum = 1;

	private EndpointGates rehearsing;

	private EndpointGate gate;

	private EndpointGate other;

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void otherInstancesAndTheStoreLearnOfNoOpening(int quorum) {
		this.quorum = quorum;
		start();
		GateFixture.open(this.gate);
		this.here.pass(SYNC.multipliedBy(2));

		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
		assertThat(this.other.check().available()).isTrue();
		assertThat(this.there.events).isEmpty();
		assertThat(state()).isNull();
		if (quorum == 2) {
			GateFixture.open(this.other);
			assertThat(state()).isNull();
		}
	}

	@Test
	void otherInstancesAndTheStoreLearnOfNoCoolDown() {
		start();
		GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);
		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.COOLING_DOWN);
		this.here.pass(SYNC.minusSeconds(1));

		assertThat(this.other.check().available()).isTrue();
		assertThat(state()).isNull();
	}

	@Test
	void whatItCausedStaysHereUntilItIsOver() {
		start();
		GateFixture.open(this.gate);
		end();
		this.here.pass(SYNC.multipliedBy(2));
		assertThat(this.other.check().available()).isTrue();
		assertThat(state()).isNull();

		this.here.pass(Duration.ofSeconds(30));
		GateFixture.succeed(this.gate);
		this.here.pass(SYNC);
		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		GateFixture.open(this.gate);
		assertThat(this.other.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void forgetsItsFailuresAtItsEnd() {
		start();
		GateFixture.fail(this.gate);
		GateFixture.fail(this.gate);
		end();
		GateFixture.fail(this.gate);

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void doesNotProbeForOthers() {
		start();
		GateFixture.open(this.other);
		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		this.here.pass(Duration.ofSeconds(30));
		this.gate.wanted();
		this.other.wanted();
		GateFixture.open(this.gate);
		assertThat(this.other.check().available()).isTrue();
		GateFixture.succeed(this.other);

		assertThat(this.other.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void followsOthersAgainWhenItIsOver() {
		start();
		GateFixture.open(this.other);
		end();
		this.here.pass(SYNC.multipliedBy(2));

		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void followsCoolDownsOfOthersAndTellsNobodyThatTheyAreOver() {
		start();
		GateFixture.fail(this.other, FailureKind.MODEL_UNAVAILABLE);
		this.here.pass(SYNC.multipliedBy(2));

		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.COOLING_DOWN);
		assertThat(this.other.check().skipReason()).isEqualTo(SkipReason.COOLING_DOWN);
	}

	@Test
	void doesNotBeginWhileTheEndpointFails() {
		this.running.set(false);
		start();
		this.here.pass(Duration.ofSeconds(2));
		GateFixture.open(this.gate);

		assertThat(this.rehearsing.rehearse(this.endpoint, () -> true)).isFalse();
		assertThat(this.other.circuitBreaker()).isEqualTo("OPEN");
	}

	private void start() {
		this.rehearsing = instance(this.here, "here");
		this.gate = this.rehearsing.gate(this.endpoint);
		this.other = instance(this.there, "there").gate(this.endpoint);
		assertThat(this.rehearsing.rehearse(this.endpoint, this.running::get)).isTrue();
	}

	private EndpointGates instance(GateFixture fixture, String name) {
		return fixture.builder(this.endpoint)
			.stateStore(this.cluster)
			.cluster(new ClusterSettings(name, this.quorum, SYNC))
			.build();
	}

	private void end() {
		this.running.set(false);
		this.rehearsing.rehearsed(this.endpoint);
	}

	private EndpointState state() {
		return this.cluster.load(this.endpoint.id()).block();
	}

}
