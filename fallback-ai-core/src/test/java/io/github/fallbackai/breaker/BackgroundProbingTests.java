// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.cluster.ClusterSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.state.InMemoryCluster;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Probes that no call makes; openings last 30 s. */
class BackgroundProbingTests {

	private static final Duration WAIT = Duration.ofSeconds(30);

	/** Probes start so long before the wait is over. */
	private static final Duration LEAD = Duration.ofMillis(250);

	private final GateFixture here = new GateFixture();

	private final Endpoint endpoint = GateFixture.endpoint("primary");

	private final EndpointGates gates = this.here.builder(this.endpoint).build();

	private final EndpointGate gate = this.gates.gate(this.endpoint);

	private final List<Permit> probes = new ArrayList<>();

	@Test
	void startShortlyBeforeTheWaitIsOver() {
		open();
		this.here.pass(WAIT.minus(LEAD).minusNanos(1));
		assertThat(this.probes).isEmpty();
		this.here.pass(Duration.ofNanos(1));

		assertThat(this.probes).singleElement().matches(Permit::probe);
		assertThat(this.gate.circuitBreaker()).isEqualTo("HALF_OPEN");
		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.PROBE_IN_PROGRESS);
	}

	@Test
	void closeTheBreakerWithoutAnyCall() {
		open();
		this.here.pass(WAIT);
		this.probes.get(0).firstContent(GateFixture.SECOND);

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(this.gate.check()).isEqualTo(Availability.AVAILABLE);
	}

	@Test
	void areNotPutOffByOneThatHangs() {
		open();
		this.here.pass(WAIT);
		assertThat(this.gate.probeLimit()).isEqualTo(Duration.ofSeconds(15));
		this.here.pass(Duration.ofSeconds(15));
		this.probes.get(0).failed(GateFixture.failure(FailureKind.TIMED_OUT));
		this.here.pass(Duration.ofSeconds(15));

		assertThat(this.probes).hasSize(2);
	}

	@Test
	void afterACallThatProbedTheWaitCountsFromItsFailure() {
		this.gate.probedBy(() -> {
		});
		GateFixture.open(this.gate);
		this.here.pass(WAIT);
		Permit call = GateFixture.enter(this.gate);
		this.here.pass(Duration.ofSeconds(10));
		call.failed(GateFixture.failure(FailureKind.TIMED_OUT));

		assertThat(this.gate.check().remaining()).isEqualTo(WAIT.multipliedBy(3).dividedBy(4));
	}

	@Test
	void followOneAnotherUntilAllThatAreNeededSucceeded() {
		Endpoint careful = GateFixture.endpoint("careful", GateFixture.halfOpenCalls(3));
		EndpointGate gate = this.here.gate(careful);
		gate.probedBy(() -> {
			Permit permit = gate.tryProbe();
			if (permit != null) {
				this.probes.add(permit);
				permit.firstContent(GateFixture.SECOND);
				permit.succeeded();
			}
		});
		GateFixture.open(gate);
		gate.wanted();
		this.here.pass(WAIT);

		assertThat(this.probes).hasSize(3);
		assertThat(gate.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void areLeftToThemByCallsThatCanGoElsewhere() {
		this.gate.probedBy(() -> {
		});
		GateFixture.open(this.gate);
		this.here.pass(WAIT);

		assertThat(this.gate.check()).isEqualTo(new Availability(SkipReason.AWAITING_PROBE, null, null, true));
		assertThat(this.gate.circuitBreaker()).isEqualTo("READY_TO_BE_PROBED");
		assertThat(GateFixture.enter(this.gate).probe()).isTrue();
	}

	@Test
	void startAtOnceWhenACallWantsTheEndpointAfterALongTime() {
		open();
		this.here.pass(Duration.ofMinutes(1));
		this.probes.get(0).failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		this.here.pass(Duration.ofHours(1));
		int before = this.probes.size();
		this.gate.wanted();
		this.here.pass(Duration.ofMillis(1));

		assertThat(before).isLessThan(10);
		assertThat(this.probes).hasSize(before + 1);
	}

	@Test
	void doNotReachAnEndpointThatAnOperatorDisabled() {
		open();
		this.gates.control(this.endpoint).disable(null, "maintenance").block();
		this.here.pass(Duration.ofMinutes(2));
		assertThat(this.probes).isEmpty();
		this.gates.control(this.endpoint).enable().block();
		this.gate.wanted();
		this.here.pass(Duration.ofMillis(1));

		assertThat(this.probes).hasSize(1);
	}

	@Test
	void resumeWhenTheTimeOfTheOperatorIsOver() {
		open();
		this.gates.control(this.endpoint).disable(Duration.ofMinutes(2), "maintenance").block();
		this.here.pass(Duration.ofMinutes(2).minusNanos(1));
		assertThat(this.probes).isEmpty();
		this.here.pass(Duration.ofMillis(1));

		assertThat(this.probes).hasSize(1);
	}

	@Test
	void waitForTheEndOfACoolDown() {
		open();
		this.here.pass(WAIT);
		this.probes.get(0).failed(GateFixture.failure(FailureKind.RATE_LIMITED, Duration.ofSeconds(40)));
		this.here.pass(Duration.ofSeconds(40).minusNanos(1));
		assertThat(this.probes).hasSize(1);
		this.here.pass(Duration.ofNanos(1));

		assertThat(this.probes).hasSize(2);
	}

	@Test
	void areLeftToCallsWhereOurRequestIsRefused() {
		open();
		this.here.pass(WAIT);
		this.probes.get(0).failed(GateFixture.failure(FailureKind.INVALID_REQUEST));
		assertThat(this.gate.check()).isEqualTo(Availability.AVAILABLE);
		this.here.pass(Duration.ofMinutes(10));
		assertThat(this.probes).hasSize(1);
		GateFixture.succeed(this.gate);
		open();
		this.here.pass(WAIT);

		assertThat(this.probes).hasSize(2);
	}

	@Test
	void endWithTheGates() {
		open();
		this.gates.close();
		this.here.pass(Duration.ofMinutes(1));

		assertThat(this.probes).isEmpty();
	}

	@Test
	void areSentByOneInstanceOnly() {
		InMemoryCluster cluster = new InMemoryCluster(this.here.clock::get);
		EndpointGate one = instance(cluster, "one");
		EndpointGate two = instance(cluster, "two");
		GateFixture.open(one);
		for (int second = 0; second < 300; second++) {
			one.wanted();
			two.wanted();
			this.here.pass(GateFixture.SECOND);
			List.copyOf(this.probes).forEach((probe) -> probe.failed(GateFixture.failure(FailureKind.SERVER_ERROR)));
		}

		assertThat(this.probes).hasSizeBetween(8, 10);
	}

	@Test
	void areTakenOverFromAnInstanceThatDied() {
		InMemoryCluster cluster = new InMemoryCluster(this.here.clock::get);
		EndpointGates dying = gates(cluster, "dying");
		EndpointGate gate = dying.gate(this.endpoint);
		EndpointGate other = instance(cluster, "other");
		gate.probedBy(() -> {
		});
		GateFixture.open(gate);
		gate.wanted();
		this.here.pass(WAIT.plusMillis(1));
		dying.close();
		for (int second = 0; second < 30; second++) {
			other.wanted();
			this.here.pass(GateFixture.SECOND);
		}

		assertThat(this.probes).hasSize(1);
	}

	private EndpointGate instance(InMemoryCluster cluster, String name) {
		EndpointGate gate = gates(cluster, name).gate(this.endpoint);
		gate.probedBy(() -> probe(gate));
		return gate;
	}

	private EndpointGates gates(InMemoryCluster cluster, String name) {
		return new GateFixture(this.here).builder(this.endpoint)
			.stateStore(cluster)
			.cluster(new ClusterSettings(name, 1, Duration.ofMinutes(1)))
			.build();
	}

	private void open() {
		this.gate.probedBy(() -> probe(this.gate));
		GateFixture.open(this.gate);
		this.gate.wanted();
	}

	private void probe(EndpointGate gate) {
		Permit permit = gate.tryProbe();
		if (permit != null) {
			this.probes.add(permit);
		}
	}

}
