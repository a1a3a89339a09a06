// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.GateFixture;
import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.InMemoryCluster;
import io.github.fallbackai.state.Version;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Instances that share a store which is for several. */
class ClusterTests {

	private static final Duration SYNC = Duration.ofSeconds(5);

	private final GateFixture time = new GateFixture();

	private final InMemoryCluster cluster = new InMemoryCluster(this.time.clock::get);

	private final List<GateFixture> fixtures = new ArrayList<>();

	private final List<EndpointGates> started = new ArrayList<>();

	private Endpoint endpoint = GateFixture.endpoint("primary");

	@Test
	void oneInstanceProbesForAllAndAllFollow() {
		List<EndpointGate> gates = instances(3);
		openEverywhere(gates);
		this.time.pass(Duration.ofSeconds(30));

		assertThat(gates).filteredOn((gate) -> gate.check().available()).hasSize(1);
		assertThat(gates).filteredOn((gate) -> gate.check().skipReason() == SkipReason.PROBE_ELSEWHERE).hasSize(2);
		GateFixture.succeed(prober(gates));
		assertThat(gates).allMatch((gate) -> gate.circuitBreaker().equals("CLOSED"));
	}

	@Test
	void eventsSayWhereTheyHappenedFirst() {
		List<EndpointGate> gates = instances(2);
		GateFixture.open(gates.get(1));
		this.time.pass(Duration.ofSeconds(30));
		GateFixture.succeed(gates.get(1));

		assertThat(this.fixtures.get(0).events).containsExactly(
				new FailoverEvent.EndpointOpened("primary", null, Duration.ofSeconds(30), "instance-1"),
				new FailoverEvent.EndpointClosed("primary", "instance-1"));
		assertThat(this.fixtures.get(1).events).extracting("origin").containsOnlyNulls();
	}

	@Test
	void aHolderRunsAllProbesOfAPhase() {
		this.endpoint = GateFixture.endpoint("primary", GateFixture.halfOpenCalls(3));
		List<EndpointGate> gates = instances(3);
		openEverywhere(gates);
		this.time.pass(Duration.ofSeconds(30));
		List<Permit> probes = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			gates.stream().map(EndpointGate::tryEnter).filter((permit) -> permit != null).forEach(probes::add);
		}
		assertThat(probes).hasSize(3).allMatch(Permit::probe);
		probes.forEach(Permit::succeeded);

		assertThat(gates).allMatch((gate) -> gate.circuitBreaker().equals("CLOSED"));
	}

	@Test
	void aFailedProbeKeepsAllOpenForAsLong() {
		List<EndpointGate> gates = instances(3);
		openEverywhere(gates);
		this.time.pass(Duration.ofSeconds(30));
		GateFixture.fail(prober(gates));

		assertThat(gates).extracting((gate) -> gate.check().remaining()).containsOnly(Duration.ofMillis(22_500));
	}

	@Test
	void anInstanceWithoutDemandLeavesTheProbeToOthers() {
		List<EndpointGate> gates = instances(2);
		GateFixture.open(gates.get(0));
		this.time.pass(Duration.ofSeconds(30));

		assertThat(gates.get(0).check().available()).isTrue();
		assertThat(gates.get(1).check().skipReason()).isEqualTo(SkipReason.PROBE_ELSEWHERE);
	}

	@Test
	void aHolderThatDiesIsReplacedWhenItsLeaseExpires() {
		List<EndpointGate> gates = instances(2);
		openEverywhere(gates);
		this.time.pass(Duration.ofSeconds(30));
		EndpointGate dead = prober(gates);
		dead.tryEnter();
		this.started.get(gates.indexOf(dead)).close();
		EndpointGate alive = gates.get(1 - gates.indexOf(dead));
		this.time.pass(LeasedProbeRight.LEASE.minus(GateFixture.SECOND));
		alive.wanted();
		assertThat(alive.check().available()).isFalse();
		this.time.pass(GateFixture.SECOND);
		alive.wanted();

		assertThat(alive.check().available()).isTrue();
	}

	@Test
	void aHolderKeepsItsLeaseWhileItsProbeRuns() {
		List<EndpointGate> gates = instances(2);
		openEverywhere(gates);
		this.time.pass(Duration.ofSeconds(30));
		EndpointGate holder = prober(gates);
		EndpointGate other = gates.get(1 - gates.indexOf(holder));
		Permit probe = GateFixture.enter(holder);
		for (int i = 0; i < 30; i++) {
			other.wanted();
			this.time.pass(GateFixture.SECOND);
			assertThat(other.check().skipReason()).isEqualTo(SkipReason.PROBE_ELSEWHERE);
		}
		probe.succeeded();

		assertThat(other.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void anIdleHolderMakesRoomForAnInstanceWithCalls() {
		List<EndpointGate> gates = instances(2);
		openEverywhere(gates);
		this.time.pass(Duration.ofSeconds(30));
		EndpointGate busy = gates.get(1 - gates.indexOf(prober(gates)));
		for (int i = 0; i < 25 && !busy.check().available(); i++) {
			busy.wanted();
			this.time.pass(GateFixture.SECOND);
		}

		assertThat(busy.check().available()).isTrue();
	}

	@Test
	void anIdleHolderNobodyContestsKeepsTheRightToProbe() {
		EndpointGate alone = instances(1).get(0);
		GateFixture.open(alone);
		this.time.pass(Duration.ofMinutes(3));

		assertThat(GateFixture.enter(alone).probe()).isTrue();
	}

	@Test
	void anInstanceWithRareCallsIsNotKeptFromProbing() {
		EndpointGate alone = instances(1).get(0);
		GateFixture.open(alone);
		this.time.pass(Duration.ofHours(1));
		alone.wanted();

		assertThat(GateFixture.enter(alone).probe()).isTrue();
	}

	@Test
	void aProbeThatEndsAfterTheLeaseWasLostJudgesNothing() {
		List<EndpointGate> gates = instances(2);
		openEverywhere(gates);
		this.time.pass(Duration.ofSeconds(30));
		EndpointGate suspended = prober(gates);
		EndpointGate other = gates.get(1 - gates.indexOf(suspended));
		Permit late = GateFixture.enter(suspended);
		// Time passes for everybody else: no timer of the suspended instance runs.
		this.time.clock.addAndGet(LeasedProbeRight.LEASE.toNanos());
		other.wanted();
		GateFixture.fail(other);
		late.succeeded();

		assertThat(other.circuitBreaker()).isEqualTo("OPEN");
		assertThat(suspended.circuitBreaker()).isEqualTo("OPEN");
		assertThat(suspended.check().remaining()).isEqualTo(Duration.ofMillis(22_500));
	}

	@Test
	void aStoreThatIsOutLeavesTheProbeToEveryInstance() {
		List<EndpointGate> gates = instances(2);
		openEverywhere(gates);
		this.cluster.down(true);
		this.time.pass(Duration.ofSeconds(30));
		gates.forEach(EndpointGate::wanted);

		assertThat(gates).allMatch((gate) -> gate.check().available());
	}

	@Test
	void lostMessagesHealAtTheNextReconciliation() {
		List<EndpointGate> gates = instances(2);
		this.cluster.mute(true);
		GateFixture.open(gates.get(0));
		assertThat(gates.get(1).circuitBreaker()).isEqualTo("CLOSED");
		this.time.pass(SYNC);

		assertThat(gates.get(1).check().remaining()).isEqualTo(Duration.ofSeconds(25));
	}

	@Test
	void whatHappenedDuringAnOutageIsToldAfterwards() {
		List<EndpointGate> gates = instances(2);
		this.cluster.down(true);
		GateFixture.open(gates.get(0));
		GateFixture.fail(gates.get(1), FailureKind.RATE_LIMITED);
		this.time.pass(Duration.ofSeconds(2));
		this.cluster.down(false);
		this.time.pass(SYNC);

		assertThat(gates.get(1).circuitBreaker()).isEqualTo("OPEN");
		assertThat(this.cluster.load(this.endpoint.id()).block().breaker().open()).isTrue();
	}

	@Test
	void aRecoveryDuringAnOutageIsToldAfterwards() {
		List<EndpointGate> gates = instances(2);
		GateFixture.open(gates.get(0));
		this.cluster.down(true);
		this.time.pass(Duration.ofSeconds(30));
		gates.get(0).wanted();
		GateFixture.succeed(gates.get(0));
		assertThat(gates.get(1).circuitBreaker()).isEqualTo("READY_TO_BE_PROBED");
		this.cluster.down(false);
		this.time.pass(SYNC);

		assertThat(gates).allMatch((gate) -> gate.circuitBreaker().equals("CLOSED"));
	}

	@Test
	void anEmptiedStoreIsReseeded() {
		List<EndpointGate> gates = instances(2);
		GateFixture.open(gates.get(0));
		this.started.get(0).control(this.endpoint).prefer().block();
		Version version = this.cluster.load(this.endpoint.id()).block().version();
		this.cluster.empty();
		this.time.pass(SYNC);

		EndpointState reseeded = this.cluster.load(this.endpoint.id()).block();
		assertThat(reseeded.version()).isEqualTo(version);
		assertThat(reseeded.breaker()).isEqualTo(new BreakerVerdict(true, 1, Duration.ofSeconds(25)));
		assertThat(this.cluster.loadDecision(this.endpoint.id()).block().preference()).isEqualTo(1);
	}

	@Test
	void aSuspendedInstanceDoesNotUndoWhatHappenedMeanwhile() {
		List<EndpointGate> gates = instances(2);
		GateFixture.open(gates.get(0));
		this.time.pass(Duration.ofSeconds(30));
		GateFixture.succeed(gates.get(0));
		this.cluster.down(true);
		GateFixture.open(gates.get(1));
		this.time.clock.addAndGet(Duration.ofSeconds(10).toNanos());
		this.cluster.down(false);
		EndpointState held = this.cluster.load(this.endpoint.id()).block();
		EndpointState newer = new EndpointState(this.endpoint.id(), held.version().next(), BreakerVerdict.CLOSED, null);
		this.cluster.publish(newer).block();
		this.time.pass(SYNC);

		assertThat(this.cluster.load(this.endpoint.id()).block().version()).isEqualTo(newer.version());
		assertThat(gates.get(0).circuitBreaker()).isEqualTo("CLOSED");
		assertThat(gates.get(1).circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void withAQuorumOneInstanceOpensForItselfOnly() {
		List<EndpointGate> gates = instances(3, 2);
		GateFixture.open(gates.get(0));
		assertThat(gates).extracting(EndpointGate::circuitBreaker).containsExactly("OPEN", "CLOSED", "CLOSED");
		this.time.pass(Duration.ofSeconds(30));
		GateFixture.succeed(gates.get(0));

		assertThat(gates).allMatch((gate) -> gate.circuitBreaker().equals("CLOSED"));
		assertThat(this.cluster.load(this.endpoint.id()).blockOptional()).isEmpty();
	}

	@Test
	void aQuorumOpensForAll() {
		List<EndpointGate> gates = instances(3, 2);
		GateFixture.open(gates.get(0));
		GateFixture.open(gates.get(1));
		assertThat(gates).allMatch((gate) -> gate.circuitBreaker().equals("OPEN"));
		gates.forEach(EndpointGate::wanted);
		this.time.pass(Duration.ofSeconds(30));

		assertThat(gates).filteredOn((gate) -> gate.check().available()).hasSize(1);
	}

	@Test
	void aVoteThatWasTakenBackDoesNotCount() {
		List<EndpointGate> gates = instances(3, 2);
		GateFixture.open(gates.get(0));
		this.time.pass(Duration.ofSeconds(30));
		GateFixture.succeed(gates.get(0));
		GateFixture.open(gates.get(1));

		assertThat(gates.get(2).circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void votesExpire() {
		List<EndpointGate> gates = instances(3, 2);
		GateFixture.open(gates.get(0));
		this.started.get(0).close();
		this.time.pass(Duration.ofSeconds(30));
		GateFixture.open(gates.get(1));

		assertThat(gates.get(2).circuitBreaker()).isEqualTo("CLOSED");
	}

	private static void openEverywhere(List<EndpointGate> gates) {
		GateFixture.open(gates.get(0));
		gates.forEach(EndpointGate::wanted);
	}

	private static EndpointGate prober(List<EndpointGate> gates) {
		return gates.stream().filter((gate) -> gate.check().available()).findFirst().orElseThrow();
	}

	private List<EndpointGate> instances(int count) {
		return instances(count, 1);
	}

	private List<EndpointGate> instances(int count, int quorum) {
		List<EndpointGate> gates = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			GateFixture fixture = new GateFixture(this.time);
			EndpointGates instance = fixture.builder(this.endpoint)
				.stateStore(this.cluster)
				.cluster(new ClusterSettings("instance-" + i, quorum, SYNC))
				.build();
			this.fixtures.add(fixture);
			this.started.add(instance);
			gates.add(instance.gate(this.endpoint));
		}
		return gates;
	}

}
