// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.GateFixture;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.state.InMemoryCluster;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Instances that compare rarely what they know with the store. */
class ReconciliationTests {

	private final GateFixture time = new GateFixture();

	private final InMemoryCluster cluster = new InMemoryCluster(this.time.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary");

	private final EndpointGate gate = instance("one");

	private final EndpointGate other = instance("two");

	@Test
	void aStoreThatIsBackIsNoticedWithinASecond() {
		this.time.pass(Duration.ofSeconds(10));
		this.cluster.down(true);
		GateFixture.open(this.gate);
		this.time.pass(Duration.ofSeconds(5));
		assertThat(this.other.circuitBreaker()).isEqualTo("CLOSED");
		this.cluster.down(false);
		this.time.pass(Duration.ofSeconds(1));

		assertThat(this.other.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void soIsOneThatWasOutAtTheStart() {
		GateFixture.open(this.gate);
		this.cluster.down(true);
		EndpointGate late = instance("three");
		this.time.pass(Duration.ofSeconds(5));
		assertThat(late.circuitBreaker()).isEqualTo("CLOSED");
		this.cluster.down(false);
		this.time.pass(Duration.ofSeconds(1));

		assertThat(late.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void whatWasLostBeforeASubscriptionWasRenewedIsLookedUpAtOnce() {
		this.cluster.mute(true);
		GateFixture.open(this.gate);
		this.cluster.mute(false);
		assertThat(this.other.circuitBreaker()).isEqualTo("CLOSED");
		this.cluster.renew();

		assertThat(this.other.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void aStoreThatNeverAnsweredAtTheStartIsComparedWithLater() {
		this.cluster.silent(true);
		EndpointGate late = instance("three", Duration.ofSeconds(5));
		this.time.pass(Duration.ofSeconds(30));
		this.cluster.silent(false);
		this.time.pass(Duration.ofSeconds(2));
		this.cluster.mute(true);
		GateFixture.open(this.gate);
		this.time.pass(Duration.ofSeconds(6));

		assertThat(late.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void everyOutageIsNoticed() {
		for (int i = 0; i < 3; i++) {
			this.cluster.down(true);
			GateFixture.open(this.gate);
			this.time.pass(Duration.ofSeconds(2));
			this.cluster.down(false);
			this.time.pass(Duration.ofSeconds(1));
			assertThat(this.other.circuitBreaker()).isEqualTo("OPEN");
			this.time.pass(Duration.ofMinutes(5));
			GateFixture.succeed(this.gate);
			assertThat(this.other.circuitBreaker()).isEqualTo("CLOSED");
		}
	}

	private EndpointGate instance(String name) {
		return instance(name, Duration.ofMinutes(1));
	}

	private EndpointGate instance(String name, Duration interval) {
		return this.time.builder(this.endpoint)
			.circuitBreakers(new GateFixture().circuitBreakers)
			.stateStore(this.cluster)
			.cluster(new ClusterSettings(name, 1, interval))
			.build()
			.gate(this.endpoint);
	}

}
