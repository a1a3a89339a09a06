// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.cluster.ClusterSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.state.InMemoryCluster;
import io.github.fallbackai.state.OperatorDecision;
import io.github.fallbackai.state.Version;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OperatorControlTests {

	private final GateFixture here = new GateFixture();

	private final GateFixture there = new GateFixture(this.here);

	private final InMemoryCluster cluster = new InMemoryCluster(this.here.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary", "key-of-team");

	private final Endpoint sibling = GateFixture.endpoint("sibling", "key-of-team");

	private final EndpointGates gates = this.here.builder(this.endpoint, this.sibling).stateStore(this.cluster).build();

	private final EndpointGates others = this.there.builder(this.endpoint, this.sibling)
		.stateStore(this.cluster)
		.build();

	private final EndpointGate gate = this.gates.gate(this.endpoint);

	private final EndpointGate other = this.others.gate(this.endpoint);

	private final OperatorControl control = this.gates.control(this.endpoint);

	@Test
	void aDisabledEndpointIsSkippedEverywhere() {
		assertThat(this.control.disable(null, "maintenance").block()).isEqualTo(ControlScope.CLUSTER);

		assertThat(this.gate.check()).isEqualTo(new Availability(SkipReason.DISABLED, null, null));
		assertThat(this.gate.tryEnter()).isNull();
		assertThat(this.other.check().skipReason()).isEqualTo(SkipReason.DISABLED);
		assertThat(this.others.control(this.endpoint).disabledReason()).isEqualTo("maintenance");
		assertThat(this.gates.gate(this.sibling).check().available()).isTrue();
	}

	@Test
	void disablingForATimeEndsByItself() {
		this.control.disable(Duration.ofMinutes(1), null).block();
		this.here.pass(Duration.ofSeconds(20));
		assertThat(this.other.check()).isEqualTo(new Availability(SkipReason.DISABLED, null, Duration.ofSeconds(40)));
		this.here.pass(Duration.ofSeconds(40));

		assertThat(this.gate.check().available()).isTrue();
		assertThat(this.other.check().available()).isTrue();
		assertThat(this.control.disabled()).isFalse();
		assertThat(this.control.disabledReason()).isNull();
	}

	@Test
	void enablingTakesEverythingBackFromAnyInstance() {
		this.control.disable(null, null).block();
		this.control.prefer().block();
		this.others.control(this.endpoint).enable().block();

		assertThat(this.gate.check().available()).isTrue();
		assertThat(this.gate.preference()).isZero();
	}

	@Test
	void theLatestPreferenceIsTheGreatestOnEveryInstance() {
		this.control.prefer().block();
		this.others.control(this.sibling).prefer().block();
		assertThat(this.gate.preference()).isPositive().isLessThan(this.gates.gate(this.sibling).preference());
		this.control.prefer().block();

		assertThat(this.other.preference()).isGreaterThan(this.others.gate(this.sibling).preference());
	}

	@Test
	void aResetClosesBreakersAndEndsCoolDownsEverywhere() {
		GateFixture.open(this.gate);
		GateFixture.fail(this.others.gate(this.sibling), FailureKind.QUOTA_EXHAUSTED);
		assertThat(this.control.reset().block()).isEqualTo(ControlScope.CLUSTER);

		assertThat(this.gate.check().available()).isTrue();
		assertThat(this.other.check().available()).isTrue();
		assertThat(this.other.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(this.others.gate(this.sibling).check().available()).isTrue();
		assertThat(this.there.events).hasAtLeastOneElementOfType(FailoverEvent.EndpointClosed.class);
	}

	@Test
	void aResetThatClosesABreakerIsToldOnceAtEachInstance() {
		GateFixture.open(this.gate);
		this.control.reset().block();
		this.control.reset().block();

		assertThat(closings(this.here)).containsExactly(new FailoverEvent.EndpointClosed("primary"));
		assertThat(closings(this.there)).hasSize(1);
	}

	@Test
	void aResetThatClosesABreakerWhichOpenedOnlyAtAnotherInstanceIsToldThere() {
		GateFixture alone = new GateFixture(this.here);
		EndpointGate third = alone.builder(this.endpoint)
			.stateStore(this.cluster)
			.cluster(new ClusterSettings("third", 2, Duration.ofMinutes(1)))
			.build()
			.gate(this.endpoint);
		GateFixture.open(third);
		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		this.control.reset().block();

		assertThat(third.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(closings(alone)).containsExactly(new FailoverEvent.EndpointClosed("primary"));
		assertThat(closings(this.here)).isEmpty();
	}

	@Test
	void aResetForgetsHowOldTheOutageIs() {
		GateFixture.open(this.gate);
		this.here.pass(Duration.ofMinutes(6));
		GateFixture.fail(this.gate);
		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(60));
		this.control.reset().block();
		GateFixture.open(this.gate);

		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void nothingHappensBeforeTheSubscription() {
		assertThat(this.control.disable(null, null)).isNotNull();
		assertThat(this.control.reset()).isNotNull();

		assertThat(this.gate.check().available()).isTrue();
		assertThat(this.cluster.loadDecision(this.endpoint.id()).blockOptional()).isEmpty();
	}

	@Test
	void aRestartedInstanceKeepsToWhatWasDecided() {
		this.control.disable(Duration.ofHours(1), "maintenance").block();
		this.control.reset().block();
		EndpointGate restarted = new GateFixture(this.here).builder(this.endpoint)
			.stateStore(this.cluster)
			.build()
			.gate(this.endpoint);

		assertThat(restarted.check().skipReason()).isEqualTo(SkipReason.DISABLED);
		assertThat(restarted.check().remaining()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void withoutOtherInstancesADecisionHoldsHere() {
		EndpointGates alone = new GateFixture(this.here).builder(this.endpoint).build();
		assertThat(alone.control(this.endpoint).disable(null, null).block()).isEqualTo(ControlScope.INSTANCE);
		assertThat(alone.gate(this.endpoint).check().skipReason()).isEqualTo(SkipReason.DISABLED);
		assertThat(alone.control(this.endpoint).enable().block()).isEqualTo(ControlScope.INSTANCE);

		assertThat(alone.gate(this.endpoint).check().available()).isTrue();
	}

	@Test
	void aStoreThatIsDownMakesADecisionLocal() {
		this.cluster.down(true);

		assertThat(this.control.disable(null, null).block()).isEqualTo(ControlScope.INSTANCE);
		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.DISABLED);
	}

	@Test
	void decisionsThatMeetAreBothKept() {
		this.cluster.mute(true);
		this.others.control(this.endpoint).prefer().block();
		assertThat(this.control.disable(null, "maintenance").block()).isEqualTo(ControlScope.CLUSTER);
		OperatorDecision held = this.cluster.loadDecision(this.endpoint.id()).block();

		assertThat(held.preference()).isEqualTo(1);
		assertThat(held.disabling()).isEqualTo(new OperatorDecision.Disabling(null, "maintenance"));
		assertThat(this.gate.preference()).isEqualTo(1);
	}

	@Test
	void aResetIsDoneOnceThoughItsMessageComesBack() {
		this.control.reset().block();
		GateFixture.open(this.gate);
		this.here.pass(Duration.ofSeconds(10));

		assertThat(this.cluster.loadDecision(this.endpoint.id()).block().resets()).isEqualTo(1);
		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
		assertThat(this.other.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void oldDecisionsAreIgnored() {
		this.control.disable(null, null).block();
		this.cluster.empty();
		this.cluster.publish(new OperatorDecision(this.endpoint.id(), new Version(Long.MIN_VALUE, 1), null, 0, 0))
			.block();

		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.DISABLED);
	}

	@Test
	void aLengthThatIsNotPositiveIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.control.disable(Duration.ZERO, null))
			.withMessage("for: PT0S (expected: > 0)");
	}

	private static List<FailoverEvent> closings(GateFixture instance) {
		return instance.events.stream().filter(FailoverEvent.EndpointClosed.class::isInstance).toList();
	}

}
