// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.policy;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.fallbackai.endpoint.InvalidValueException;
import io.github.fallbackai.failure.CoolDownScope;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RetrySettingsTests {

	/** The longest pause; a pause is between half of it and all of it. */
	@ParameterizedTest
	@CsvSource({ "PT0.2S, 1, PT0.2S", "PT0.2S, 2, PT0.4S", "PT0.2S, 3, PT0.8S", "PT0.2S, 11, PT204.8S",
			"PT0.2S, 12, PT204.8S", "PT0.2S, 2000000000, PT204.8S", "PT0S, 1, PT0S", "PT0S, 5, PT0S" })
	void everyPauseIsTwiceTheOneBeforeAndJittered(Duration backoff, int attemptsInARow, Duration longest) {
		RetrySettings settings = new RetrySettings(5, backoff, Set.of());
		long[] pauses = IntStream.range(0, 2000)
			.mapToLong((turn) -> settings.pauseBefore(attemptsInARow).toNanos())
			.sorted()
			.toArray();
		long bound = longest.toNanos();
		assertThat(pauses[0]).isBetween(bound / 2, bound / 2 + bound / 50);
		assertThat(pauses[pauses.length - 1]).isBetween(bound - bound / 50, bound);
	}

	@Test
	void aBackoffOfAnyLengthDoesNotOverflow() {
		RetrySettings settings = new RetrySettings(5, Duration.ofDays(100_000), Set.of());
		for (int attempts = 1; attempts < 20; attempts++) {
			assertThat(settings.pauseBefore(attempts)).isGreaterThan(Duration.ofDays(10_000));
		}
	}

	@Test
	void refuseWhatIsOutOfRange() {
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> new RetrySettings(0, Duration.ZERO, Set.of()))
			.withMessage("retry.max-attempts: 0 (expected: >= 1)");
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> new RetrySettings(1, Duration.ofMillis(-1), Set.of()))
			.withMessage("retry.backoff: PT-0.001S (expected: >= 0)");
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new HedgeSettings(Duration.ZERO, 0.1))
			.withMessage("hedge.delay: PT0S (expected: > 0)");
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "0.0001, true", "1, true", "1.0001, false", "-0.1, false", "NaN, false" })
	void theShareOfHedgedCallsIsMoreThanNoneAndAtMostAll(double ratio, boolean valid) {
		if (valid) {
			assertThat(new HedgeSettings(null, ratio).maxRatio()).isEqualTo(ratio);
			return;
		}
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new HedgeSettings(null, ratio))
			.withMessage("hedge.max-ratio: " + ratio + " (expected: > 0 and <= 1)");
	}

	@ParameterizedTest
	@EnumSource
	void aKindThatMakesTheEndpointCoolDownIsNotRetried(FailureKind kind) {
		if (kind.coolDownScope() == CoolDownScope.NONE) {
			assertThat(new RetrySettings(2, Duration.ZERO, Set.of(kind)).kinds()).containsExactly(kind);
			return;
		}
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> new RetrySettings(2, Duration.ZERO, Set.of(kind)))
			.withMessageContaining(kind.name().toLowerCase().replace('_', '-') + " makes the endpoint cool down");
	}

}
