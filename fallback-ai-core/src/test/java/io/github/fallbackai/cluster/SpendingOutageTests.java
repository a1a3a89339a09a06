// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.GateFixture;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.state.InMemoryCluster;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.state.SpendPeriod;
import io.github.fallbackai.state.SpendReport;
import io.github.fallbackai.state.SpendStore;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is told to a store that is out, it has one outage. */
class SpendingOutageTests {

	private final GateFixture time = new GateFixture();

	private final InMemoryCluster cluster = new InMemoryCluster(this.time.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary");

	private final EndpointGates gates = this.time.builder(this.endpoint)
		.stateStore(this.cluster)
		.cluster(new ClusterSettings("here", 1, Duration.ofMinutes(1)))
		.build();

	private final SpendStore amounts = new InMemoryStateStore();

	private boolean down;

	private int reports;

	private final SpendStore spending = this.gates.spending((report) -> {
		this.reports++;
		return this.down ? Mono.error(new IllegalStateException("down")) : this.amounts.report(report);
	});

	private final StateStoreActivity activity = this.gates.stateStoreActivity();

	@Test
	void isLeftAloneOnceAReportFailedAndReportedToAgainWhenItAnswers() {
		this.down = true;
		this.cluster.down(true);
		StepVerifier.create(report(1)).verifyErrorMessage("down");
		StepVerifier.create(report(2)).verifyErrorMessage("the state store is out");
		GateFixture.open(this.gates.gate(this.endpoint));
		assertThat(this.activity.outages()).isEqualTo(1);
		assertThat(this.activity.commandsFailed()).isEqualTo(1);
		assertThat(this.activity.commandsWithheld()).isEqualTo(2);
		assertThat(this.reports).isEqualTo(1);

		this.down = false;
		this.cluster.down(false);
		this.time.pass(Duration.ofSeconds(2));
		long before = this.activity.commandsDone();
		StepVerifier.create(report(3)).expectNext(3L).verifyComplete();
		assertThat(this.activity.commandsDone()).isEqualTo(before + 1);
		assertThat(this.activity.outages()).isEqualTo(1);
	}

	@Test
	void isLeftAloneOnceAStateFailed() {
		this.cluster.down(true);
		GateFixture.open(this.gates.gate(this.endpoint));
		StepVerifier.create(report(1)).verifyErrorMessage("the state store is out");

		assertThat(this.reports).isZero();
	}

	@Test
	void isToldNothingAfterTheEndOfThisInstance() {
		this.gates.close();
		StepVerifier.create(report(1)).verifyComplete();

		assertThat(this.reports).isZero();
	}

	private Mono<Long> report(long amount) {
		return this.spending.report(new SpendReport(this.endpoint.id(), new SpendPeriod(Duration.ofDays(1), 20_500),
				"here", amount, Duration.ofDays(1)));
	}

}
