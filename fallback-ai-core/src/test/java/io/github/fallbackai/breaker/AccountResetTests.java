// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.state.InMemoryCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reset ends the cool-down of an account for all its endpoints, on every instance, for
 * good.
 */
class AccountResetTests {

	private static final Duration SEVERAL_COMPARISONS = Duration.ofSeconds(21);

	private final GateFixture here = new GateFixture();

	private final GateFixture there = new GateFixture(this.here);

	private final InMemoryCluster cluster = new InMemoryCluster(this.here.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary", "key-of-team");

	private final Endpoint sibling = GateFixture.endpoint("sibling", "key-of-team");

	private final EndpointGates gates = instance(this.here);

	private final EndpointGates others = instance(this.there);

	private final EndpointGate gate = this.gates.gate(this.endpoint);

	@Test
	void holdsWhicheverEndpointBroughtTheCoolDownAbout() {
		GateFixture.fail(this.others.gate(this.sibling), FailureKind.QUOTA_EXHAUSTED);
		this.here.pass(SEVERAL_COMPARISONS);
		assertThat(all()).extracting((gate) -> gate.check().cause()).containsOnly(FailureKind.QUOTA_EXHAUSTED);
		this.gates.control(this.endpoint).reset().block();

		allStayAvailable();
	}

	@Test
	void holdsWhenBothEndpointsBroughtTheCoolDownAbout() {
		Permit late = GateFixture.enter(this.gate);
		GateFixture.fail(this.others.gate(this.sibling), FailureKind.QUOTA_EXHAUSTED);
		late.failed(GateFixture.failure(FailureKind.QUOTA_EXHAUSTED));
		this.here.pass(SEVERAL_COMPARISONS);
		this.others.control(this.endpoint).reset().block();

		allStayAvailable();
	}

	@Test
	void holdsWhenItsMessagesAreLost() {
		GateFixture.fail(this.others.gate(this.sibling), FailureKind.AUTHENTICATION);
		this.cluster.mute(true);
		this.gates.control(this.endpoint).reset().block();
		assertThat(this.others.gate(this.endpoint).check().available()).isFalse();
		this.here.pass(Duration.ofSeconds(5));
		this.cluster.mute(false);

		allStayAvailable();
	}

	@Test
	void holdsWhenTheStoreLearnsOfItLater() {
		GateFixture.fail(this.gate, FailureKind.AUTHENTICATION);
		this.cluster.down(true);
		this.gates.control(this.sibling).reset().block();
		this.here.pass(Duration.ofSeconds(2));
		this.cluster.down(false);
		this.here.pass(Duration.ofSeconds(10));

		allStayAvailable();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void holdsAgainstNewsThatRepeatsTheOldCoolDown(boolean storeIsOut) {
		EndpointGate deaf = this.others.gate(this.sibling);
		List<Permit> underWay = Stream.generate(() -> GateFixture.enter(deaf)).limit(3).toList();
		GateFixture.fail(deaf, FailureKind.QUOTA_EXHAUSTED);
		this.here.pass(SEVERAL_COMPARISONS);
		this.cluster.mute(true);
		this.cluster.down(storeIsOut);
		this.gates.control(this.endpoint).reset().block();
		underWay.forEach((permit) -> permit.failed(GateFixture.failure(FailureKind.SERVER_ERROR)));
		this.cluster.mute(false);
		this.here.pass(Duration.ofSeconds(2));
		this.cluster.down(false);
		this.here.pass(Duration.ofSeconds(8));

		assertThat(deaf.check().skipReason()).isEqualTo(SkipReason.BREAKER_OPEN);
		assertThat(this.gate.check().available()).isTrue();
		this.here.pass(Duration.ofMinutes(1));
		GateFixture.succeed(deaf);
		allStayAvailable();
	}

	@Test
	void doesNotEndACoolDownThatBeginsAfterwards() {
		GateFixture.fail(this.others.gate(this.sibling), FailureKind.QUOTA_EXHAUSTED);
		this.here.pass(SEVERAL_COMPARISONS);
		this.gates.control(this.endpoint).reset().block();
		GateFixture.fail(this.gates.gate(this.sibling), FailureKind.AUTHENTICATION);
		this.here.pass(SEVERAL_COMPARISONS);

		assertThat(all()).extracting((gate) -> gate.check().cause()).containsOnly(FailureKind.AUTHENTICATION);
	}

	@Test
	void leavesTheCoolDownsThatOtherEndpointsHaveOfTheirOwn() {
		GateFixture.fail(this.gates.gate(this.sibling), FailureKind.MODEL_UNAVAILABLE);
		GateFixture.fail(this.gate, FailureKind.QUOTA_EXHAUSTED);
		this.here.pass(SEVERAL_COMPARISONS);
		this.others.control(this.endpoint).reset().block();
		this.here.pass(SEVERAL_COMPARISONS);

		assertThat(this.gate.check().available()).isTrue();
		assertThat(this.others.gate(this.sibling).check().cause()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
		assertThat(this.gates.gate(this.sibling).check().cause()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
	}

	private void allStayAvailable() {
		assertThat(all()).allMatch((gate) -> gate.check().available());
		this.here.pass(SEVERAL_COMPARISONS);
		assertThat(all()).allMatch((gate) -> gate.check().available());
		EndpointGates restarted = instance(new GateFixture(this.here));
		assertThat(restarted.gate(this.endpoint).check().available()).isTrue();
		assertThat(restarted.gate(this.sibling).check().available()).isTrue();
	}

	private List<EndpointGate> all() {
		return Stream.of(this.gates, this.others)
			.flatMap((instance) -> Stream.of(instance.gate(this.endpoint), instance.gate(this.sibling)))
			.toList();
	}

	private EndpointGates instance(GateFixture fixture) {
		return fixture.builder(this.endpoint, this.sibling).stateStore(this.cluster).build();
	}

}
