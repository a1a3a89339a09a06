// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class OpeningTests {

	private final GateFixture fixture = new GateFixture();

	private final EndpointGate gate = this.fixture.gate(GateFixture.endpoint("primary"));

	@Test
	void opensAfterThreeFailuresInARow() {
		GateFixture.fail(this.gate);
		GateFixture.fail(this.gate);
		assertThat(this.gate.check().available()).isTrue();
		GateFixture.fail(this.gate, FailureKind.TIMED_OUT);

		assertThat(this.gate.check())
			.isEqualTo(new Availability(SkipReason.BREAKER_OPEN, null, Duration.ofSeconds(30)));
		assertThat(this.gate.tryEnter()).isNull();
		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
		assertThat(this.gate.lastFailure()).isEqualTo(FailureKind.TIMED_OUT);
		assertThat(this.fixture.events).containsExactly(
				new FailoverEvent.EndpointOpened("primary", FailureKind.TIMED_OUT, Duration.ofSeconds(30)));
	}

	@Test
	void aSuccessInBetweenEndsTheRow() {
		GateFixture.fail(this.gate);
		GateFixture.fail(this.gate);
		GateFixture.succeed(this.gate);
		GateFixture.fail(this.gate);
		GateFixture.fail(this.gate);

		assertThat(this.gate.check().available()).isTrue();
	}

	@Test
	void aFewFailuresInARowDoNotOpenWhileTrafficIsHigh() {
		for (int i = 0; i < 18; i++) {
			GateFixture.succeed(this.gate);
		}
		GateFixture.open(this.gate);

		assertThat(this.gate.check().available()).isTrue();
	}

	@Test
	void trafficIsLowAgainOnceTwentyCallsTakeLongerThanThirtySeconds() {
		for (int i = 0; i < 18; i++) {
			GateFixture.succeed(this.gate);
		}
		this.fixture.pass(Duration.ofSeconds(30).plusNanos(1));
		GateFixture.open(this.gate);

		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void halfOfTheWindowOpensAtHighTraffic() {
		for (int i = 0; i < 20; i++) {
			GateFixture.succeed(this.gate);
		}
		for (int i = 0; i < 9; i++) {
			GateFixture.fail(this.gate);
		}
		assertThat(this.gate.check().available()).isTrue();
		GateFixture.fail(this.gate);

		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.BREAKER_OPEN);
		assertThat(this.fixture.events).hasSize(1);
	}

	@Test
	void theWindowOpensFromTenCallsOnEvenWithSuccessesInBetween() {
		for (int i = 0; i < 5; i++) {
			GateFixture.fail(this.gate, FailureKind.CONNECTION_LOST);
			assertThat(this.gate.check().available()).isTrue();
			GateFixture.succeed(this.gate);
		}

		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.BREAKER_OPEN);
		assertThat(this.fixture.events).containsExactly(
				new FailoverEvent.EndpointOpened("primary", FailureKind.CONNECTION_LOST, Duration.ofSeconds(30)));
	}

	@ParameterizedTest
	@EnumSource(FailureKind.class)
	void countsOnlyWhatIsTheEndpointsFault(FailureKind kind) {
		GateFixture.enter(this.gate).failed(Failure.of(kind).notTheEndpointsFault().build());

		assertThat(this.fixture.breaker("primary").getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	@Test
	void failuresThatSayNothingAboutTheEndpointNeverOpen() {
		for (int i = 0; i < 30; i++) {
			GateFixture.fail(this.gate, FailureKind.INVALID_REQUEST);
		}

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void slowCallsNeverOpen() {
		for (int i = 0; i < 30; i++) {
			Permit permit = GateFixture.enter(this.gate);
			this.fixture.pass(Duration.ofMinutes(9));
			permit.succeeded();
		}

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void oneCallCountsOnceHoweverOftenItsPermitIsClosed() {
		Permit permit = GateFixture.enter(this.gate);
		permit.failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		permit.failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		permit.failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		permit.succeeded();
		permit.firstContent(Duration.ZERO);

		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(this.fixture.breaker("primary").getMetrics().getNumberOfBufferedCalls()).isOne();
	}

}
