// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.GateFixture;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.state.InMemoryCluster;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/** Votes of an instance against an endpoint, for which two instances are needed. */
class BallotTests {

	private static final BreakerSettings SHORT_OPENING = new BreakerSettings(3, 50, 20, Duration.ofSeconds(5),
			Duration.ofMinutes(5), 1);

	private final GateFixture time = new GateFixture();

	private final InMemoryCluster cluster = new InMemoryCluster(this.time.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary", SHORT_OPENING);

	private final Sinks.Empty<Void> arrival = Sinks.empty();

	private final EndpointGate gate = this.time.builder(this.endpoint)
		.stateStore(this.cluster)
		.cluster(new ClusterSettings("here", 2, Duration.ofMinutes(1)))
		.build()
		.gate(this.endpoint);

	@Test
	void aSlowVoteDoesNotOutliveItsWithdrawal() {
		this.cluster.voteArrival(this.arrival.asMono());
		GateFixture.open(this.gate);
		recover();
		this.arrival.tryEmitEmpty();

		assertThat(votesWithOneFromElsewhere()).isEqualTo(1);
	}

	@Test
	void whoFailsAgainWhileItsVoteIsTakenBackVotesAgain() {
		this.cluster.voteArrival(this.arrival.asMono());
		GateFixture.open(this.gate);
		recover();
		GateFixture.open(this.gate);
		this.arrival.tryEmitEmpty();

		assertThat(votesWithOneFromElsewhere()).isEqualTo(2);
	}

	private void recover() {
		this.time.pass(Duration.ofSeconds(5));
		GateFixture.succeed(this.gate);
	}

	private Integer votesWithOneFromElsewhere() {
		return this.cluster.vote(this.endpoint.id(), "elsewhere", Duration.ofMinutes(1)).block();
	}

}
