// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClosingTests {

	private final GateFixture fixture = new GateFixture();

	private final EndpointGate gate = this.fixture.gate(GateFixture.endpoint("primary"));

	@Test
	void countsDownToTheMomentItMayBeProbed() {
		GateFixture.open(this.gate);
		this.fixture.pass(Duration.ofSeconds(30).minusNanos(1));
		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofNanos(1));
		assertThat(this.gate.tryEnter()).isNull();
		this.fixture.pass(Duration.ofNanos(1));

		assertThat(this.gate.check()).isEqualTo(Availability.AVAILABLE);
		assertThat(this.gate.circuitBreaker()).isEqualTo("READY_TO_BE_PROBED");
		assertThat(GateFixture.enter(this.gate).probe()).isTrue();
	}

	@Test
	void lookingTakesNoProbePlace() {
		GateFixture.open(this.gate);
		this.fixture.pass(Duration.ofSeconds(30));
		for (int i = 0; i < 100; i++) {
			assertThat(this.gate.check().available()).isTrue();
		}

		assertThat(this.gate.circuitBreaker()).isEqualTo("READY_TO_BE_PROBED");
		assertThat(this.gate.tryEnter()).isNotNull();
	}

	@Test
	void closesAtTheFirstContentOfTheProbe() {
		Permit probe = probeAfter(Duration.ofSeconds(30));
		assertThat(this.gate.check()).isEqualTo(new Availability(SkipReason.PROBE_IN_PROGRESS, null, null));
		probe.firstContent(GateFixture.SECOND);

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(this.gate.check().available()).isTrue();
		assertThat(this.fixture.events).last().isEqualTo(new FailoverEvent.EndpointClosed("primary"));
	}

	@Test
	void aProbeThatSucceedsAsAWholeClosesToo() {
		probeAfter(Duration.ofSeconds(30)).succeeded();

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void aProbeIsCountedOnce() {
		Permit probe = probeAfter(Duration.ofSeconds(30));
		probe.firstContent(GateFixture.SECOND);
		probe.firstContent(GateFixture.SECOND);
		probe.succeeded();

		assertThat(this.fixture.breaker("primary").getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	@Test
	void theCutOfAProbeAfterItsContentIsAnOrdinaryFailure() {
		Permit probe = probeAfter(Duration.ofSeconds(30));
		probe.firstContent(GateFixture.SECOND);
		probe.failed(GateFixture.failure(FailureKind.CONNECTION_LOST));
		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(this.fixture.breaker("primary").getMetrics().getNumberOfFailedCalls()).isOne();
		GateFixture.fail(this.gate);
		GateFixture.fail(this.gate);

		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void aFailedProbeIsFollowedByTheNextAfterASixthOfTheOutagesAge() {
		GateFixture.open(this.gate);
		Duration age = Duration.ZERO;
		for (int probe = 0; probe < 10; probe++) {
			Duration rest = this.gate.check().remaining();
			long expected = age.isZero() ? 30_000 : Math.max(22_500, age.toMillis() / 6);
			assertThat(rest).isBetween(Duration.ofMillis(expected), Duration.ofMillis(expected + 1));
			this.fixture.pass(rest);
			age = age.plus(rest);
			GateFixture.fail(this.gate);
		}
		assertThat(age).isGreaterThan(Duration.ofSeconds(135));
		assertThat(this.fixture.events).hasSize(11)
			.allSatisfy((event) -> assertThat(event).isInstanceOf(FailoverEvent.EndpointOpened.class));
	}

	@Test
	void neverAfterMoreThanTheLimit() {
		GateFixture.open(this.gate);
		for (int probe = 0; probe < 100; probe++) {
			this.fixture.pass(this.gate.check().remaining());
			GateFixture.fail(this.gate);
		}
		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void aSlowProbeMakesTheOutageOlder() {
		GateFixture.open(this.gate);
		this.fixture.pass(Duration.ofSeconds(30));
		Permit probe = GateFixture.enter(this.gate);
		this.fixture.pass(Duration.ofSeconds(330));
		probe.failed(GateFixture.failure(FailureKind.TIMED_OUT));

		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.BREAKER_OPEN);
		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void theNextOutageStartsAfresh() {
		GateFixture.open(this.gate);
		for (int probe = 0; probe < 20; probe++) {
			this.fixture.pass(this.gate.check().remaining());
			GateFixture.fail(this.gate);
		}
		this.fixture.pass(this.gate.check().remaining());
		GateFixture.succeed(this.gate);
		GateFixture.open(this.gate);

		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void saysWhetherTheNextCallWouldBeAProbe() {
		assertThat(this.gate.needsProbe()).isFalse();
		Permit probe = probeAfter(Duration.ofSeconds(30));
		assertThat(this.gate.needsProbe()).isTrue();
		probe.succeeded();

		assertThat(this.gate.needsProbe()).isFalse();
	}

	@Test
	void theRecoveryTimesAreTheEndpointsOwn() {
		BreakerSettings settings = new BreakerSettings(1, 50, 20, Duration.ofMillis(200), Duration.ofMillis(300), 1);
		EndpointGate quick = this.fixture.gate(GateFixture.endpoint("quick", settings));
		GateFixture.fail(quick);
		assertThat(quick.check().remaining()).isEqualTo(Duration.ofMillis(200));
		for (int probe = 0; probe < 20; probe++) {
			this.fixture.pass(quick.check().remaining());
			GateFixture.fail(quick);
		}

		assertThat(quick.check().remaining()).isEqualTo(Duration.ofMillis(300));
	}

	private Permit probeAfter(Duration opening) {
		GateFixture.open(this.gate);
		this.fixture.pass(opening);
		return GateFixture.enter(this.gate);
	}

}
