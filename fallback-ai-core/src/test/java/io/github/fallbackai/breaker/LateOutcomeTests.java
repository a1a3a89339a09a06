// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LateOutcomeTests {

	private final GateFixture fixture = new GateFixture();

	private final EndpointGate gate = this.fixture.gate(GateFixture.endpoint("primary", GateFixture.halfOpenCalls(2)));

	private final Permit old = GateFixture.enter(this.gate);

	@Test
	void aLateSuccessDoesNotJudgeTheHalfOpenPhase() {
		halfOpen();
		this.old.firstContent(GateFixture.SECOND);
		this.old.succeeded();

		assertThat(this.fixture.breaker("primary").getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	@Test
	void aLateFailureDoesNotJudgeTheHalfOpenPhase() {
		halfOpen();
		this.old.failed(GateFixture.failure(FailureKind.SERVER_ERROR));

		assertThat(this.fixture.breaker("primary").getMetrics().getNumberOfBufferedCalls()).isZero();
		assertThat(this.gate.lastFailure()).isEqualTo(FailureKind.SERVER_ERROR);
	}

	@Test
	void aLateReleaseGrantsNoFurtherProbe() {
		halfOpen();
		this.old.released();
		GateFixture.enter(this.gate);

		assertThat(this.gate.tryEnter()).isNull();
	}

	@Test
	void aLateOutcomeOfAnEarlierClosedPhaseIsDropped() {
		halfOpen().succeeded();
		GateFixture.succeed(this.gate);
		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		this.old.failed(GateFixture.failure(FailureKind.SERVER_ERROR));

		assertThat(this.fixture.breaker("primary").getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	@Test
	void aLateFailureOfAProbeDoesNotJudgeTheNextHalfOpenPhase() {
		Permit stale = halfOpen();
		GateFixture.fail(this.gate);
		stale.failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
		this.fixture.pass(Duration.ofSeconds(60));
		GateFixture.enter(this.gate);
		stale.released();
		GateFixture.enter(this.gate);

		assertThat(this.gate.tryEnter()).isNull();
	}

	@Test
	void aJudgedProbeThatIsCutAfterTheReopeningIsDropped() {
		Permit probe = halfOpen();
		Permit other = GateFixture.enter(this.gate);
		probe.firstContent(GateFixture.SECOND);
		other.failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
		probe.failed(GateFixture.failure(FailureKind.CONNECTION_LOST));

		assertThat(this.fixture.breaker("primary").getMetrics().getNumberOfFailedCalls()).isOne();
	}

	/** Opens, waits and takes the first of two probes. */
	private Permit halfOpen() {
		GateFixture.open(this.gate);
		this.fixture.pass(Duration.ofSeconds(30));
		return GateFixture.enter(this.gate);
	}

}
