// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.CoolDownSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CoolDownTests {

	private final GateFixture fixture = new GateFixture();

	private final EndpointGate gate = this.fixture.gate(GateFixture.endpoint("primary"));

	@ParameterizedTest
	@CsvSource({ "RATE_LIMITED,5s", "QUOTA_EXHAUSTED,5m", "AUTHENTICATION,1m", "PERMISSION_DENIED,5m",
			"MODEL_UNAVAILABLE,10m" })
	void restsAsLongAsTheKindOfFailureDemands(FailureKind kind, String length) {
		Duration expected = Duration.parse("PT" + length);
		GateFixture.fail(this.gate, kind);
		assertThat(this.gate.check()).isEqualTo(new Availability(SkipReason.COOLING_DOWN, kind, expected));
		assertThat(this.gate.tryEnter()).isNull();
		assertThat(this.gate.circuitBreaker()).isEqualTo("CLOSED");
		assertThat(this.fixture.events).containsExactly(new FailoverEvent.EndpointCooled("primary", kind, expected));
		this.fixture.pass(expected.minusNanos(1));
		assertThat(this.gate.check().available()).isFalse();
		this.fixture.pass(Duration.ofNanos(1));

		assertThat(this.gate.check().available()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "PT17S,PT17S", "PT0.25S,PT0.25S", "PT1H,PT5M" })
	void restsAsLongAsTheProviderAsksUpToTheLimit(Duration asked, Duration expected) {
		GateFixture.enter(this.gate).failed(GateFixture.failure(FailureKind.RATE_LIMITED, asked));

		assertThat(this.gate.check().remaining()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "PT0S", "PT-5S" })
	void doesNotCoolDownWhenTheProviderAsksForNothing(Duration asked) {
		GateFixture.enter(this.gate).failed(GateFixture.failure(FailureKind.RATE_LIMITED, asked));

		assertThat(this.gate.check().available()).isTrue();
		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	void everyNewRateLimitDoublesTheCoolDownUpToAMinute() {
		for (int seconds : new int[] { 5, 10, 20, 40, 60, 60 }) {
			this.fixture.pass(GateFixture.SECOND);
			GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);
			assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(seconds));
			this.fixture.pass(Duration.ofSeconds(seconds));
		}
	}

	@Test
	void aSuccessEndsTheDoubling() {
		limitTwice();
		GateFixture.succeed(this.gate);
		GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);

		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void aSuccessOfACallFromBeforeTheCoolDownEndsNothing() {
		Permit old = GateFixture.enter(this.gate);
		limitTwice();
		old.succeeded();
		GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);

		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(20));
	}

	@Test
	void aRushOfRateLimitsCountsOnceAndIsToldOnce() {
		List<Permit> rush = Stream.generate(() -> GateFixture.enter(this.gate)).limit(100).toList();
		for (Permit permit : rush) {
			this.fixture.pass(Duration.ofMillis(20));
			permit.failed(GateFixture.failure(FailureKind.RATE_LIMITED));
		}
		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(5).minusMillis(99 * 20));
		assertThat(this.fixture.events).hasSize(1);
		this.fixture.pass(Duration.ofSeconds(5));
		GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);

		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void rateLimitsAtTheSameMomentCountOnce() throws Exception {
		AtomicReference<Rival> rival = new AtomicReference<>();
		CoolDownTimer coolDown = new CoolDownTimer(new CoolDownLengths(CoolDownSettings.DEFAULTS, () -> {
			rival.get().intervene();
			return 0;
		}));
		rival.set(new Rival(() -> coolDown.failed(GateFixture.failure(FailureKind.RATE_LIMITED), 1, 2)));
		coolDown.failed(GateFixture.failure(FailureKind.RATE_LIMITED), 1, 2);
		rival.get().join();
		long later = Duration.ofSeconds(6).toNanos();
		coolDown.failed(GateFixture.failure(FailureKind.RATE_LIMITED), later, later);

		assertThat(coolDown.at(later).remaining(later)).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void aRushOfRateLimitsWithATimeCoolDownsForTheLongestAndIsToldOnce() {
		List<Permit> rush = Stream.generate(() -> GateFixture.enter(this.gate)).limit(100).toList();
		for (Permit permit : rush) {
			this.fixture.pass(Duration.ofMillis(10));
			permit.failed(GateFixture.failure(FailureKind.RATE_LIMITED, Duration.ofSeconds(30)));
		}

		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(30));
		assertThat(this.fixture.events).hasSize(1);
	}

	@Test
	void aShorterCoolDownNeverEndsALongerOne() {
		Permit late = GateFixture.enter(this.gate);
		GateFixture.fail(this.gate, FailureKind.MODEL_UNAVAILABLE);
		late.failed(GateFixture.failure(FailureKind.RATE_LIMITED, Duration.ofSeconds(5)));

		assertThat(this.gate.check()).isEqualTo(
				new Availability(SkipReason.COOLING_DOWN, FailureKind.MODEL_UNAVAILABLE, Duration.ofMinutes(10)));
		assertThat(this.fixture.events).hasSize(1);
	}

	@Test
	void aLongerCoolDownProlongsAShorterOneAndIsToldAgain() {
		Permit late = GateFixture.enter(this.gate);
		GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);
		late.failed(GateFixture.failure(FailureKind.PERMISSION_DENIED));

		assertThat(this.gate.check())
			.isEqualTo(new Availability(SkipReason.COOLING_DOWN, FailureKind.PERMISSION_DENIED, Duration.ofMinutes(5)));
		assertThat(this.fixture.events).hasSize(2);
	}

	@Test
	void anOverloadWithATimeCoolDownsAndCounts() {
		for (int i = 0; i < 3; i++) {
			GateFixture.enter(this.gate).failed(GateFixture.failure(FailureKind.OVERLOADED, Duration.ofSeconds(7)));
			assertThat(this.gate.check().cause()).isEqualTo(FailureKind.OVERLOADED);
			assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(7));
			this.fixture.pass(Duration.ofSeconds(7));
		}

		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void anOverloadWithoutATimeOnlyCounts() {
		GateFixture.fail(this.gate, FailureKind.OVERLOADED);

		assertThat(this.gate.check().available()).isTrue();
	}

	@Test
	void takesNoProbePlaceWhileCoolingDown() {
		Permit late = GateFixture.enter(this.gate);
		GateFixture.open(this.gate);
		this.fixture.pass(Duration.ofSeconds(29));
		late.failed(GateFixture.failure(FailureKind.RATE_LIMITED));
		this.fixture.pass(Duration.ofSeconds(1));
		assertThat(this.gate.check().skipReason()).isEqualTo(SkipReason.COOLING_DOWN);
		assertThat(this.gate.tryEnter()).isNull();
		assertThat(this.gate.circuitBreaker()).isEqualTo("READY_TO_BE_PROBED");
		this.fixture.pass(Duration.ofSeconds(4));

		assertThat(GateFixture.enter(this.gate).probe()).isTrue();
	}

	@Test
	void endpointsOfOneAccountCoolDownTogether() {
		Endpoint first = GateFixture.endpoint("first", "key-of-team");
		Endpoint second = GateFixture.endpoint("second", "key-of-team");
		Endpoint otherKey = GateFixture.endpoint("other-key", "another-key");
		Endpoint otherHost = GateFixture.any("other-host")
			.apiKey(ApiKey.of("key-of-team"))
			.url(URI.create("https://elsewhere.example.com/v1"))
			.build();
		Endpoint noKey = GateFixture.endpoint("no-key");
		EndpointGates gates = this.fixture.builder(first, second, otherKey, otherHost, noKey).build();
		GateFixture.fail(gates.gate(first), FailureKind.QUOTA_EXHAUSTED);

		assertThat(gates.gate(second).check().cause()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
		assertThat(List.of(otherKey, otherHost, noKey))
			.allMatch((endpoint) -> gates.gate(endpoint).check().available());
	}

	@Test
	void theLongerCoolDownOfEndpointAndAccountCounts() {
		Endpoint endpoint = GateFixture.endpoint("first", "key-of-team");
		EndpointGate keyed = this.fixture.gate(endpoint);
		Permit second = GateFixture.enter(keyed);
		Permit third = GateFixture.enter(keyed);
		GateFixture.fail(keyed, FailureKind.RATE_LIMITED);
		second.failed(GateFixture.failure(FailureKind.AUTHENTICATION));
		assertThat(keyed.check().cause()).isEqualTo(FailureKind.AUTHENTICATION);
		third.failed(GateFixture.failure(FailureKind.MODEL_UNAVAILABLE));

		assertThat(keyed.check().cause()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
	}

	@Test
	void aCoolDownOfNoLengthDoesNotMakeOldNewsOfCallsUnderWay() {
		limitTwice();
		Permit underWay = GateFixture.enter(this.gate);
		this.fixture.pass(GateFixture.SECOND);
		GateFixture.enter(this.gate).failed(GateFixture.failure(FailureKind.RATE_LIMITED, Duration.ZERO));
		underWay.succeeded();
		GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);

		assertThat(this.gate.check().remaining()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void endpointsOfOneAccountDoNotShareRateLimits() {
		Endpoint first = GateFixture.endpoint("first", "key-of-team");
		Endpoint second = GateFixture.endpoint("second", "key-of-team");
		EndpointGates gates = this.fixture.builder(first, second).build();
		GateFixture.fail(gates.gate(first), FailureKind.RATE_LIMITED);

		assertThat(gates.gate(second).check().available()).isTrue();
	}

	@Test
	void endpointsWithoutAKeyDoNotShareAnAccount() {
		Endpoint first = GateFixture.endpoint("first");
		Endpoint second = GateFixture.endpoint("second");
		EndpointGates gates = this.fixture.builder(first, second).build();
		GateFixture.fail(gates.gate(first), FailureKind.AUTHENTICATION);

		assertThat(gates.gate(first).check().cause()).isEqualTo(FailureKind.AUTHENTICATION);
		assertThat(gates.gate(second).check().available()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "RATE_LIMITED,PT5.25S", "QUOTA_EXHAUSTED,PT5M0.5S" })
	void jitterProlongsByATenthAndAtMostASecond(FailureKind kind, Duration halfWay) {
		Endpoint endpoint = GateFixture.endpoint("jittery");
		EndpointGate jittery = this.fixture.builder(endpoint).random(() -> 0.5).build().gate(endpoint);
		GateFixture.fail(jittery, kind);

		assertThat(jittery.check().remaining()).isEqualTo(halfWay);
	}

	@Test
	void theAccountIsNotShownWithItsKey() {
		assertThat(Account.of(GateFixture.endpoint("first", "key-of-team")).toString()).doesNotContain("key-of-team");
	}

	private void limitTwice() {
		this.fixture.pass(GateFixture.SECOND);
		GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);
		this.fixture.pass(Duration.ofSeconds(6));
		GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);
		this.fixture.pass(Duration.ofSeconds(11));
	}

}
