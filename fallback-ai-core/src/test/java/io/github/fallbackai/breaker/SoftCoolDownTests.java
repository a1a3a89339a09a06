// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.CoolDownSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An endpoint that used up its rate limit without having refused anything yet.
 */
class SoftCoolDownTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final GateFixture fixture = new GateFixture();

	private final EndpointGate gate = this.fixture.gate(GateFixture.endpoint("primary"));

	@Test
	void standsBehindOthersButMayBeTried() {
		GateFixture.enter(this.gate).exhausted(LONG);
		assertThat(this.gate.check())
			.isEqualTo(new Availability(SkipReason.COOLING_DOWN, FailureKind.RATE_LIMITED, LONG, true));
		assertThat(this.gate.tryEnter()).isNotNull();
		assertThat(this.fixture.events).isEmpty();
		this.fixture.pass(LONG);
		assertThat(this.gate.check()).isEqualTo(Availability.AVAILABLE);
	}

	@Test
	void neverLastsLongerThanAProviderMayAskFor() {
		GateFixture.enter(this.gate).exhausted(Duration.ofHours(1));
		assertThat(this.gate.check().remaining()).isEqualTo(CoolDownSettings.DEFAULTS.max());
	}

	@Test
	void aRefusalIsHarder() {
		Permit permit = GateFixture.enter(this.gate);
		permit.exhausted(LONG);
		GateFixture.fail(this.gate, FailureKind.RATE_LIMITED);
		assertThat(this.gate.check().soft()).isFalse();
		assertThat(this.gate.tryEnter()).isNull();
	}

}
