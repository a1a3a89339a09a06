// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.GateFixture;
import io.github.fallbackai.breaker.OperatorControl;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.ControlAction;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.InMemoryCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator decides at one instance is told once at each of the others.
 */
class FollowedDecisionTests {

	private static final Duration SEVERAL_COMPARISONS = Duration.ofSeconds(21);

	private static final Duration HOUR = Duration.ofHours(1);

	private final GateFixture here = new GateFixture();

	private final GateFixture there = new GateFixture(this.here);

	private final InMemoryCluster cluster = new InMemoryCluster(this.here.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary");

	private final OperatorControl control = instance(this.here, "here");

	private final OperatorControl other = instance(this.there, "there");

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void isToldWithOriginLengthAndReasonHoweverItBecomesKnown(boolean messagesAreLost) {
		this.cluster.mute(messagesAreLost);
		this.control.disable(HOUR, "maintenance").block();
		this.here.pass(SEVERAL_COMPARISONS);

		assertThat(this.there.events).singleElement()
			.isInstanceOfSatisfying(FailoverEvent.EndpointControlled.class, (told) -> {
				assertThat(told.endpoint()).isEqualTo("primary");
				assertThat(told.action()).isEqualTo(ControlAction.DISABLE);
				assertThat(told.length()).isBetween(HOUR.minusSeconds(5), HOUR);
				assertThat(told.reason()).isEqualTo("maintenance");
				assertThat(told.origin()).isEqualTo("here");
			});
	}

	@Test
	void eachIsToldOnceAndNothingTwice() {
		this.control.disable(null, "maintenance").block();
		this.control.prefer().block();
		this.control.reset().block();
		this.control.reset().block();
		this.control.enable().block();
		this.here.pass(SEVERAL_COMPARISONS);

		assertThat(this.there.events).containsExactly(told(ControlAction.DISABLE, "maintenance"),
				told(ControlAction.PREFER, null), told(ControlAction.RESET, null), told(ControlAction.RESET, null),
				told(ControlAction.ENABLE, null));
	}

	@Test
	void theInstanceWhereItWasDecidedHearsNoEcho() {
		this.control.disable(HOUR, "maintenance").block();
		this.control.reset().block();
		this.cluster.empty();
		this.here.pass(SEVERAL_COMPARISONS);

		assertThat(this.here.events).isEmpty();
	}

	@Test
	void anotherReasonIsAnotherDecision() {
		this.control.disable(null, "maintenance").block();
		this.control.disable(null, "maintenance of the network").block();

		assertThat(this.there.events).extracting("reason").containsExactly("maintenance", "maintenance of the network");
	}

	@Test
	void anEndThatWasForeseenIsNoDecision() {
		this.control.disable(Duration.ofSeconds(10), null).block();
		this.here.pass(Duration.ofSeconds(10));
		this.control.prefer().block();

		assertThat(this.there.events).extracting("action").containsExactly(ControlAction.DISABLE, ControlAction.PREFER);
	}

	@Test
	void aDecisionMadeDuringAnOutageIsToldAfterwards() {
		this.cluster.down(true);
		this.control.disable(null, "maintenance").block();
		this.here.pass(Duration.ofSeconds(2));
		this.cluster.down(false);
		this.here.pass(SEVERAL_COMPARISONS);

		assertThat(this.there.events).containsExactly(told(ControlAction.DISABLE, "maintenance"));
	}

	@Test
	void aRestartedInstanceSaysWhatHoldsAndNotWhatIsOver() {
		this.control.reset().block();
		this.control.disable(null, "maintenance").block();
		GateFixture restarted = new GateFixture(this.here);
		instance(restarted, "restarted");
		this.here.pass(SEVERAL_COMPARISONS);

		assertThat(restarted.events).containsExactly(told(ControlAction.DISABLE, "maintenance"));
	}

	@Test
	void whatWasOverBeforeTheStartIsNotDoneAgainWhenTheStoreCameLate() {
		this.control.reset().block();
		this.cluster.down(true);
		GateFixture late = new GateFixture(this.here);
		EndpointGates gates = gates(late, "late");
		this.cluster.down(false);
		this.cluster.mute(true);
		GateFixture.fail(gates.gate(this.endpoint), FailureKind.RATE_LIMITED);
		this.here.pass(Duration.ofSeconds(2));

		assertThat(gates.gate(this.endpoint).check().cause()).isEqualTo(FailureKind.RATE_LIMITED);
		assertThat(late.events).hasSize(1);
	}

	private FailoverEvent told(ControlAction action, String reason) {
		return new FailoverEvent.EndpointControlled("primary", action, null, reason, "here");
	}

	private OperatorControl instance(GateFixture fixture, String name) {
		return gates(fixture, name).control(this.endpoint);
	}

	private EndpointGates gates(GateFixture fixture, String name) {
		return fixture.builder(this.endpoint)
			.stateStore(this.cluster)
			.cluster(new ClusterSettings(name, 1, Duration.ofSeconds(5)))
			.build();
	}

}
