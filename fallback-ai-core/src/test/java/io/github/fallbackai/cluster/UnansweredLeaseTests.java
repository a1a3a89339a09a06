// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.GateFixture;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.state.InMemoryCluster;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** A store of one's own that does not say who may probe. */
class UnansweredLeaseTests {

	private final GateFixture time = new GateFixture();

	private final InMemoryCluster cluster = new InMemoryCluster(this.time.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary");

	private final EndpointGate gate = this.time.builder(this.endpoint)
		.stateStore(this.cluster)
		.build()
		.gate(this.endpoint);

	@Test
	void noAnswerLeavesTheProbeToThisInstance() {
		this.cluster.leaseAnswer(Mono.empty());
		GateFixture.open(this.gate);
		this.time.pass(Duration.ofSeconds(30));

		assertThat(this.gate.check().available()).isTrue();
	}

	@Test
	void silenceLeavesTheProbeToThisInstanceBeforeLong() {
		this.cluster.leaseAnswer(Mono.never());
		GateFixture.open(this.gate);
		this.time.pass(Duration.ofSeconds(30));
		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.PROBE_ELSEWHERE);
		AtomicBoolean decided = new AtomicBoolean();
		this.gate.probeDecision().subscribe(null, null, () -> decided.set(true));
		this.time.pass(Duration.ofSeconds(5));

		assertThat(decided).isTrue();
		assertThat(this.gate.check().available()).isTrue();
	}

	@Test
	void silenceKeepsNobodyFromProbingLater() {
		this.cluster.leaseAnswer(Mono.never());
		GateFixture.open(this.gate);
		this.time.pass(Duration.ofMinutes(30));
		this.gate.wanted();
		this.time.pass(Duration.ofSeconds(5));

		assertThat(this.gate.check().available()).isTrue();
	}

	@Test
	void aRightGrantedInSilenceLastsWhileTheStoreIsAskedAgain() {
		this.cluster.leaseAnswer(Mono.never());
		GateFixture.open(this.gate);
		this.time.pass(Duration.ofSeconds(35));
		for (int second = 0; second < 60; second++) {
			assertThat(this.gate.check().available()).isTrue();
			this.time.pass(Duration.ofSeconds(1));
		}
	}

}
