// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.GateFixture;
import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.state.Version;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

class SharedStateTests {

	private final GateFixture here = new GateFixture();

	private final GateFixture there = new GateFixture(this.here);

	private final BreakerStateStore store = new InMemoryStateStore(this.here.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary", "key-of-team");

	private final EndpointGates gates = this.here.builder(this.endpoint).stateStore(this.store).build();

	private final EndpointGate gate = this.gates.gate(this.endpoint);

	@Test
	void aRestartedInstanceStartsWithWhatItFinds() {
		GateFixture.open(this.gate);
		this.here.pass(Duration.ofSeconds(10));
		EndpointGate restarted = another();

		assertThat(restarted.check())
			.isEqualTo(new Availability(SkipReason.BREAKER_OPEN, null, Duration.ofSeconds(20)));
		assertThat(restarted.circuitBreaker()).isEqualTo("OPEN");
		assertThat(this.there.events)
			.containsExactly(new FailoverEvent.EndpointOpened("primary", null, Duration.ofSeconds(20)));
	}

	@Test
	void aRestartedInstanceKnowsHowOldTheOutageIs() {
		GateFixture.open(this.gate);
		for (int probe = 0; probe < 15; probe++) {
			this.here.pass(this.gate.check().remaining());
			GateFixture.fail(this.gate);
		}
		Duration wait = this.gate.check().remaining();
		EndpointGate restarted = another();
		this.here.pass(wait);
		GateFixture.fail(restarted);

		assertThat(wait).isGreaterThan(Duration.ofMinutes(1));
		assertThat(restarted.check().remaining()).isGreaterThan(wait);
	}

	@Test
	void aRestartedInstanceProbesWhatShouldHaveBeenProbedMeanwhile() {
		GateFixture.open(this.gate);
		this.here.pass(Duration.ofHours(1));

		assertThat(GateFixture.enter(another()).probe()).isTrue();
	}

	@Test
	void aRestartedInstanceGoesOnCoolingDownWithItsWholeAccount() {
		GateFixture.fail(this.gate, FailureKind.QUOTA_EXHAUSTED);
		this.here.pass(Duration.ofMinutes(1));
		Endpoint sibling = GateFixture.endpoint("sibling", "key-of-team");
		EndpointGates restarted = this.there.builder(this.endpoint, sibling).stateStore(this.store).build();

		assertThat(restarted.gate(sibling).check())
			.isEqualTo(new Availability(SkipReason.COOLING_DOWN, FailureKind.QUOTA_EXHAUSTED, Duration.ofMinutes(4)));
	}

	@Test
	void followsOpeningCoolDownAndRecoveryOfAnotherInstance() {
		EndpointGate other = another();
		GateFixture.open(other);
		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.BREAKER_OPEN);
		this.here.pass(Duration.ofSeconds(30));
		GateFixture.succeed(other);
		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		GateFixture.fail(other, FailureKind.RATE_LIMITED);

		assertThat(this.gate.check().cause()).isEqualTo(FailureKind.RATE_LIMITED);
		assertThat(this.here.events).containsExactly(
				new FailoverEvent.EndpointOpened("primary", null, Duration.ofSeconds(30)),
				new FailoverEvent.EndpointClosed("primary"),
				new FailoverEvent.EndpointCooled("primary", FailureKind.RATE_LIMITED, Duration.ofSeconds(5)));
	}

	@Test
	void anInstanceThatProbesGoesByItsOwnProbe() {
		EndpointGate other = another();
		GateFixture.open(other);
		this.here.pass(Duration.ofSeconds(30));
		Permit probe = GateFixture.enter(this.gate);
		GateFixture.fail(other);
		assertThat(this.gate.circuitBreaker()).isEqualTo("HALF_OPEN");
		probe.succeeded();

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(other.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void aProbeUnderWayElsewhereClosesNothingHere() {
		EndpointGate other = another();
		Permit late = GateFixture.enter(other);
		GateFixture.open(other);
		this.here.pass(Duration.ofSeconds(30));
		GateFixture.enter(other);
		late.failed(GateFixture.failure(FailureKind.PERMISSION_DENIED));
		this.here.pass(Duration.ofMinutes(5));

		assertThat(this.gate.circuitBreaker()).isEqualTo("READY_TO_BE_PROBED");
		assertThat(this.store.load(this.endpoint.id()).block().breaker().open()).isTrue();
	}

	@Test
	void aRecoveryOfAnotherLineOfStatesClosesNothing() {
		GateFixture.open(this.gate);
		this.store.publish(state(new Version(Long.MAX_VALUE, 1), BreakerVerdict.CLOSED)).block();

		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void whatLosesAgainstAnUnknownStateIsOfferedOnTopOfIt() {
		Version unknown = new Version(Long.MAX_VALUE, 5);
		this.store.publish(state(unknown, BreakerVerdict.CLOSED)).block();
		EndpointGate deaf = this.there.builder(this.endpoint)
			.stateStore(new DeafStore(this.store))
			.build()
			.gate(this.endpoint);
		GateFixture.open(deaf);
		EndpointState after = this.store.load(this.endpoint.id()).block();

		assertThat(after.version()).isEqualTo(unknown.next());
		assertThat(after.breaker().open()).isTrue();
		assertThat(deaf.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void oldNewsFromTheStoreIsIgnored() {
		Sinks.Many<EndpointState> news = Sinks.many().unicast().onBackpressureBuffer();
		EndpointGate follower = this.there.builder(this.endpoint).stateStore(new DeafStore(this.store) {

			@Override
			public Flux<EndpointState> changes() {
				return news.asFlux();
			}

		}).build().gate(this.endpoint);
		news.tryEmitNext(state(new Version(7, 2), BreakerVerdict.CLOSED));
		news.tryEmitNext(state(new Version(7, 1), new BreakerVerdict(true, 1, GateFixture.SECOND)));
		assertThat(follower.circuitBreaker()).isEqualTo("CLOSED");
		news.tryEmitNext(state(new Version(7, 3), new BreakerVerdict(true, 1, GateFixture.SECOND)));

		assertThat(follower.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void aBreakerUnderForeignControlGivesNoVerdict() {
		EndpointGate other = another();
		GateFixture.open(other);
		this.here.breaker("primary").transitionToDisabledState();
		GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);

		assertThat(other.circuitBreaker()).isEqualTo("OPEN");
		assertThat(this.store.load(this.endpoint.id()).block().breaker().open()).isTrue();
	}

	@Test
	void aStoreThatFailsHarmsNoCall() {
		EndpointGate alone = this.there.builder(this.endpoint)
			.stateStore(new FailingStore())
			.build()
			.gate(this.endpoint);
		GateFixture.open(alone);
		GateFixture.enter(this.gate);

		assertThat(alone.circuitBreaker()).isEqualTo("OPEN");
		assertThat(this.there.events).hasSize(1);
	}

	@Test
	void closedGatesNeitherPublishNorFollow() {
		EndpointGate other = another();
		this.gates.close();
		GateFixture.open(other);
		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		this.here.pass(Duration.ofSeconds(30));
		GateFixture.succeed(other);
		GateFixture.open(this.gate);

		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
		assertThat(other.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void publishesTransitionsOnly() {
		List<EndpointState> published = new ArrayList<>();
		this.store.changes().subscribe(published::add);
		for (int i = 0; i < 20; i++) {
			GateFixture.succeed(this.gate);
		}
		this.here.pass(Duration.ofMinutes(1));
		GateFixture.open(this.gate);

		assertThat(published).hasSize(1);
	}

	private EndpointState state(Version version, BreakerVerdict verdict) {
		return new EndpointState(this.endpoint.id(), version, verdict, null);
	}

	private EndpointGate another() {
		return this.there.builder(this.endpoint).stateStore(this.store).build().gate(this.endpoint);
	}

	/** Hears nothing from its store but the answers to what it publishes. */
	private static class DeafStore implements BreakerStateStore {

		private final BreakerStateStore store;

		DeafStore(BreakerStateStore store) {
			this.store = store;
		}

		@Override
		public Mono<EndpointState> load(EndpointId endpoint) {
			return Mono.never();
		}

		@Override
		public Mono<EndpointState> publish(EndpointState state) {
			return this.store.publish(state);
		}

		@Override
		public Flux<EndpointState> changes() {
			return Flux.never();
		}

	}

	private static final class FailingStore implements BreakerStateStore {

		@Override
		public Mono<EndpointState> load(EndpointId endpoint) {
			return Mono.error(new IllegalStateException("load"));
		}

		@Override
		public Mono<EndpointState> publish(EndpointState state) {
			throw new IllegalStateException("publish");
		}

		@Override
		public Flux<EndpointState> changes() {
			return Flux.error(new IllegalStateException("changes"));
		}

	}

}
