// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.github.fallbackai.endpoint.InvalidValueException;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lengths without the random part. {@code breaker.CoolDownLengthsTests} has the rest.
 */
class CoolDownSettingsTests {

	/** Expected is the length without and with a time that the provider named. */
	@ParameterizedTest
	@CsvSource({ "RATE_LIMITED, PT5S, PT20S", "OVERLOADED, PT0S, PT20S", "QUOTA_EXHAUSTED, PT5M, PT5M",
			"AUTHENTICATION, PT1M, PT1M", "PERMISSION_DENIED, PT5M, PT5M", "MODEL_UNAVAILABLE, PT10M, PT10M",
			"SERVER_ERROR, PT0S, PT0S", "TIMED_OUT, PT0S, PT0S", "INVALID_REQUEST, PT0S, PT0S",
			"REFUSED_UNEXPLAINED, PT0S, PT0S", "LOCAL, PT0S, PT0S" })
	void dependOnTheKindOfFailure(FailureKind kind, Duration usual, Duration asked) {
		CoolDownSettings settings = CoolDownSettings.DEFAULTS;
		assertThat(settings.after(Failure.of(kind).build(), 1)).isEqualTo(usual);
		assertThat(settings.after(Failure.of(kind).retryAfter(Duration.ofSeconds(20)).build(), 1)).isEqualTo(asked);
	}

	@ParameterizedTest
	@CsvSource({ "PT0.001S, 2, PT0.002S", "PT0.000000001S, 37, PT60S", "PT59.999999999S, 2, PT60S", "PT60S, 2, PT60S",
			"PT61S, 2, PT61S" })
	void aRateLimitThatNamesNoTimeDoublesUpToAMinute(Duration first, int rateLimits, Duration expected) {
		CoolDownSettings settings = new CoolDownSettings(first, Duration.ZERO, Duration.ZERO, Duration.ZERO,
				Duration.ZERO, Duration.ofMinutes(5));
		assertThat(settings.after(Failure.of(FailureKind.RATE_LIMITED).build(), rateLimits)).isEqualTo(expected);
	}

	@Test
	void doublingOverflowsNoLengthThatIsConfigured() {
		Duration century = Duration.ofDays(36_500);
		CoolDownSettings settings = new CoolDownSettings(century, Duration.ZERO, Duration.ZERO, Duration.ZERO,
				Duration.ZERO, Duration.ofMinutes(5));
		assertThat(settings.after(Failure.of(FailureKind.RATE_LIMITED).build(), 1000)).isEqualTo(century);
	}

	@Test
	void aTimeInThePastIsNone() {
		assertThat(CoolDownSettings.DEFAULTS.asked(Duration.ofSeconds(-3))).isZero();
	}

	@Test
	void refuseANegativeLengthByName() {
		List<String> names = List.of("rate-limited", "quota", "authentication", "permission", "model-unavailable",
				"max");
		for (int index = 0; index < names.size(); index++) {
			Duration[] lengths = new Duration[names.size()];
			Arrays.fill(lengths, Duration.ZERO);
			lengths[index] = Duration.ofMillis(-1);
			assertThatExceptionOfType(InvalidValueException.class).isThrownBy(
					() -> new CoolDownSettings(lengths[0], lengths[1], lengths[2], lengths[3], lengths[4], lengths[5]))
				.withMessage("cool-down." + names.get(index) + ": PT-0.001S (expected: >= 0)");
		}
	}

}
