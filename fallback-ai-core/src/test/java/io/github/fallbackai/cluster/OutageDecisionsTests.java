// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.GateFixture;
import io.github.fallbackai.breaker.OperatorControl;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.state.ClusterStateStore;
import io.github.fallbackai.state.InMemoryCluster;
import io.github.fallbackai.state.OperatorDecision;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators decide while the store is out. */
class OutageDecisionsTests {

	private final GateFixture here = new GateFixture();

	private final InMemoryCluster cluster = new InMemoryCluster(this.here.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary");

	private final Endpoint sibling = GateFixture.endpoint("sibling");

	private boolean broken;

	private boolean refusing;

	private final EndpointGates gates = gates(this.here, breakable());

	private final OperatorControl control = this.gates.control(this.endpoint);

	@Test
	void thousandsAreToldWhenTheStoreIsBack() {
		this.control.prefer().block();
		this.cluster.down(true);
		for (int decision = 0; decision < 50_000; decision++) {
			this.control.prefer().block();
		}
		this.cluster.down(false);
		this.here.pass(Duration.ofSeconds(30));

		assertThat(this.cluster.loadDecision(this.endpoint.id()).block().preference()).isEqualTo(50_001);
	}

	@Test
	void theyAreMadeOnTopOfWhatOthersDecidedMeanwhile() {
		this.control.prefer().block();
		this.cluster.down(true);
		this.control.reset().block();
		this.control.disable(null, "first").block();
		this.control.disable(null, "second").block();
		this.control.reset().block();
		this.cluster.down(false);
		EndpointGates others = gates(new GateFixture(this.here), this.cluster);
		others.control(this.endpoint).prefer().block();
		others.control(this.endpoint).reset().block();
		this.here.pass(Duration.ofSeconds(30));
		OperatorDecision held = this.cluster.loadDecision(this.endpoint.id()).block();

		assertThat(held.preference()).isEqualTo(2);
		assertThat(held.disabling()).isEqualTo(new OperatorDecision.Disabling(null, "second"));
		assertThat(held.resets()).isEqualTo(3);
	}

	@Test
	void enablingTakesBackWhatOthersDecidedMeanwhile() {
		this.control.prefer().block();
		this.cluster.down(true);
		this.control.disable(null, "maintenance").block();
		this.control.enable().block();
		this.cluster.down(false);
		EndpointGates others = gates(new GateFixture(this.here), this.cluster);
		others.control(this.endpoint).disable(null, "elsewhere").block();
		this.here.pass(Duration.ofSeconds(30));

		assertThat(others.gate(this.endpoint).check().available()).isTrue();
		assertThat(others.gate(this.endpoint).preference()).isZero();
	}

	@Test
	void anErrorAtOneEndpointDoesNotEndTheComparisonOfOthers() {
		this.control.prefer().block();
		this.cluster.down(true);
		this.control.prefer().block();
		this.broken = true;
		this.cluster.down(false);
		this.here.pass(Duration.ofSeconds(30));
		this.cluster.mute(true);
		EndpointGates others = gates(new GateFixture(this.here), this.cluster);
		others.control(this.sibling).disable(null, null).block();
		this.here.pass(Duration.ofSeconds(30));
		assertThat(this.gates.gate(this.sibling).check().skipReason()).isEqualTo(SkipReason.DISABLED);
		this.broken = false;
		this.here.pass(Duration.ofSeconds(30));

		assertThat(this.cluster.loadDecision(this.endpoint.id()).block().preference()).isEqualTo(2);
	}

	@Test
	void oneThatCannotBeToldIsNoErrorForTheLog() {
		List<Throwable> dropped = new CopyOnWriteArrayList<>();
		Hooks.onErrorDropped(dropped::add);
		try {
			this.control.prefer().block();
			this.cluster.down(true);
			this.control.prefer().block();
			this.refusing = true;
			this.cluster.down(false);
			this.here.pass(Duration.ofSeconds(30));
			this.refusing = false;
			this.here.pass(Duration.ofSeconds(30));
		}
		finally {
			Hooks.resetOnErrorDropped();
		}

		assertThat(this.cluster.loadDecision(this.endpoint.id()).block().preference()).isEqualTo(2);
		assertThat(dropped).isEmpty();
	}

	private EndpointGates gates(GateFixture fixture, ClusterStateStore store) {
		return fixture.builder(this.endpoint, this.sibling).stateStore(store).build();
	}

	/**
	 * The cluster's store, which at times breaks off or fails when it is told a decision.
	 */
	private ClusterStateStore breakable() {
		return (ClusterStateStore) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ClusterStateStore.class }, (proxy, method, arguments) -> {
					if (this.broken && arguments != null && arguments[0] instanceof OperatorDecision) {
						throw new StackOverflowError("scripted");
					}
					if (this.refusing && arguments != null && arguments[0] instanceof OperatorDecision) {
						return Mono.error(new IllegalStateException("scripted"));
					}
					try {
						return method.invoke(this.cluster, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
