// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of failures that concern one caller's account.
 */
class CallersAccountTests {

	private final GateFixture fixture = new GateFixture();

	private final EndpointGate gate = this.fixture.gate(GateFixture.endpoint("primary", "sk-own"));

	@ParameterizedTest
	@EnumSource(names = { "AUTHENTICATION", "QUOTA_EXHAUSTED", "PERMISSION_DENIED", "RATE_LIMITED" })
	void doNotKeepOthersOut(FailureKind kind) {
		for (int i = 0; i < 10; i++) {
			GateFixture.enter(this.gate).failed(Failure.of(kind).account("tenant-7").build());
		}
		assertThat(this.gate.check().available()).isTrue();
		assertThat(this.fixture.events).isEmpty();
		GateFixture.fail(this.gate, kind);
		assertThat(this.gate.check().available()).isFalse();
	}

	@Test
	void areTheEndpointsFaultWhereTheKindIs() {
		for (int i = 0; i < 3; i++) {
			GateFixture.enter(this.gate).failed(Failure.of(FailureKind.SERVER_ERROR).account("tenant-7").build());
		}
		assertThat(this.gate.circuitBreaker()).isEqualTo("OPEN");
	}

	@Test
	void coolTheEndpointWhereTheModelIsMissing() {
		GateFixture.enter(this.gate).failed(Failure.of(FailureKind.MODEL_UNAVAILABLE).account("tenant-7").build());
		assertThat(this.gate.check().available()).isFalse();
	}

	@Test
	void endpointsWithTheSameKeyFileShareAnAccount() {
		Endpoint one = GateFixture.any("one").apiKeyFile(Path.of("key")).build();
		Endpoint two = GateFixture.any("two").apiKeyFile(Path.of("key")).build();
		Endpoint other = GateFixture.any("other").apiKeyFile(Path.of("other")).build();
		EndpointGates gates = this.fixture.builder(one, two, other).build();
		GateFixture.fail(gates.gate(one), FailureKind.QUOTA_EXHAUSTED);
		assertThat(gates.gate(two).check().available()).isFalse();
		assertThat(gates.gate(other).check().available()).isTrue();
	}

}
