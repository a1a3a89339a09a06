// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExternalControlTests {

	private final GateFixture fixture = new GateFixture();

	private final EndpointGate gate = this.fixture.gate(GateFixture.endpoint("primary"));

	private final CircuitBreaker breaker = this.fixture.breaker("primary");

	@Test
	void aForcedOpenBreakerIsSkippedUntilFurtherNotice() {
		this.breaker.transitionToForcedOpenState();
		this.fixture.pass(Duration.ofDays(1));
		assertThat(this.gate.check()).isEqualTo(new Availability(SkipReason.BREAKER_OPEN, null, null));
		assertThat(this.gate.tryEnter()).isNull();
		this.breaker.transitionToClosedState();

		assertThat(this.gate.check().available()).isTrue();
		assertThat(this.gate.tryEnter()).isNotNull();
	}

	@Test
	void aDisabledBreakerLetsEverythingThroughAndNeverOpens() {
		GateFixture.open(this.gate);
		this.breaker.transitionToDisabledState();
		for (int i = 0; i < 30; i++) {
			GateFixture.fail(this.gate);
		}

		assertThat(this.gate.circuitBreaker()).isEqualTo("DISABLED");
		assertThat(this.gate.check().available()).isTrue();
	}

	@Test
	void closingADisabledBreakerIsNoRecovery() {
		this.breaker.transitionToDisabledState();
		this.breaker.transitionToClosedState();

		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	void aBreakerThatOnlyMeasuresNeverOpens() {
		this.breaker.transitionToMetricsOnlyState();
		for (int i = 0; i < 30; i++) {
			GateFixture.fail(this.gate);
		}

		assertThat(this.gate.circuitBreaker()).isEqualTo("METRICS_ONLY");
		assertThat(this.breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(20);
		assertThat(this.gate.check().available()).isTrue();
	}

	@Test
	void closingFromOutsideForgetsTheOpenMoment() {
		GateFixture.open(this.gate);
		this.breaker.transitionToClosedState();

		assertThat(this.gate.check()).isEqualTo(Availability.AVAILABLE);
		assertThat(GateFixture.enter(this.gate).probe()).isFalse();
		assertThat(this.fixture.events).last().isEqualTo(new FailoverEvent.EndpointClosed("primary"));
	}

	@Test
	void closingFromOutsideDropsTheProbeUnderWay() {
		GateFixture.open(this.gate);
		this.fixture.pass(Duration.ofSeconds(30));
		Permit probe = GateFixture.enter(this.gate);
		this.breaker.transitionToClosedState();
		probe.failed(GateFixture.failure(FailureKind.SERVER_ERROR));

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(this.breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	@Test
	void aResetForgetsEarlierOpenings() {
		GateFixture.open(this.gate);
		this.breaker.reset();
		GateFixture.open(this.gate);

		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void aResetWhileClosedEndsTheRowOfFailures() {
		GateFixture.fail(this.gate);
		GateFixture.fail(this.gate);
		Permit old = GateFixture.enter(this.gate);
		this.breaker.reset();
		old.failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		GateFixture.fail(this.gate);
		GateFixture.fail(this.gate);

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void anOpeningFromOutsideLastsAsLongAsOneOfOurs() {
		this.breaker.transitionToOpenState();
		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(30));
		assertThat(this.fixture.events)
			.containsExactly(new FailoverEvent.EndpointOpened("primary", null, Duration.ofSeconds(30)));
		this.fixture.pass(Duration.ofSeconds(30));
		GateFixture.succeed(this.gate);

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void aHalfOpenPhaseFromOutsideAdmitsProbes() {
		GateFixture.open(this.gate);
		this.breaker.transitionToHalfOpenState();
		assertThat(GateFixture.enter(this.gate).probe()).isTrue();

		assertThat(this.gate.tryEnter()).isNull();
	}

	@Test
	void aConsumerThatChangesTheStateWithinOurOwnChangeIsFollowed() {
		this.breaker.getEventPublisher().onStateTransition((event) -> {
			if (event.getStateTransition() == CircuitBreaker.StateTransition.CLOSED_TO_OPEN) {
				this.breaker.transitionToForcedOpenState();
			}
		});
		GateFixture.open(this.gate);

		assertThat(this.gate.circuitBreaker()).isEqualTo("FORCED_OPEN");
		assertThat(this.gate.check()).isEqualTo(new Availability(SkipReason.BREAKER_OPEN, null, null));
	}

	@Test
	void aChangeFromOutsideHoldsBeforeItsEventHasReachedTheGate() {
		List<CircuitBreaker.StateTransition> entered = new ArrayList<>();
		AtomicReference<EndpointGate> eager = new AtomicReference<>();
		this.fixture.circuitBreakers.getEventPublisher()
			.onEntryAdded((added) -> added.getAddedEntry().getEventPublisher().onStateTransition((event) -> {
				if (eager.get().tryEnter() != null) {
					entered.add(event.getStateTransition());
				}
			}));
		eager.set(this.fixture.gate(GateFixture.endpoint("eager")));
		this.fixture.breaker("eager").transitionToForcedOpenState();
		this.fixture.breaker("eager").transitionToClosedState();

		assertThat(entered).containsExactly(CircuitBreaker.StateTransition.FORCED_OPEN_TO_CLOSED);
	}

	@Test
	void anOutcomeIsOldNewsBeforeTheEventOfTheChangeHasReachedTheGate() {
		AtomicReference<Permit> probe = new AtomicReference<>();
		this.fixture.circuitBreakers.getEventPublisher()
			.onEntryAdded((added) -> added.getAddedEntry().getEventPublisher().onStateTransition((event) -> {
				if (event.getStateTransition() == CircuitBreaker.StateTransition.HALF_OPEN_TO_CLOSED) {
					probe.get().failed(GateFixture.failure(FailureKind.SERVER_ERROR));
				}
			}));
		EndpointGate eager = this.fixture.gate(GateFixture.endpoint("eager"));
		GateFixture.open(eager);
		this.fixture.pass(Duration.ofSeconds(30));
		probe.set(GateFixture.enter(eager));
		this.fixture.breaker("eager").transitionToClosedState();

		assertThat(this.fixture.breaker("eager").getMetrics().getNumberOfFailedCalls()).isZero();
	}

	@Test
	void theGateCanBeUsedFromAConsumerOfItsOwnEvents() {
		this.breaker.getEventPublisher().onError((event) -> this.gate.check());
		this.breaker.getEventPublisher().onStateTransition((event) -> this.gate.tryEnter());
		GateFixture.open(this.gate);

		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
	}

}
