// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CoolDownSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CoolDownLengthsTests {

	@ParameterizedTest
	@CsvSource({ "PT5S,PT5M,1,PT5S", "PT5S,PT5M,5,PT1M", "PT5S,PT5M,1000000,PT1M", "PT5S,PT12S,2,PT10S",
			"PT5S,PT12S,3,PT12S", "PT2M,PT5M,4,PT2M", "PT0S,PT5M,4,PT0S" })
	void doublesWithinTheLimits(Duration first, Duration max, int rateLimits, Duration expected) {
		CoolDownLengths lengths = new CoolDownLengths(settings(first, max), () -> 0);

		assertThat(Duration.ofNanos(lengths.after(GateFixture.failure(FailureKind.RATE_LIMITED), rateLimits)))
			.isEqualTo(expected);
	}

	@Test
	void whatIsConfiguredIsNotBoundByTheLimitOnProviders() {
		CoolDownLengths lengths = new CoolDownLengths(settings(Duration.ofSeconds(5), Duration.ofSeconds(1)), () -> 0);

		assertThat(lengths.after(GateFixture.failure(FailureKind.QUOTA_EXHAUSTED), 1))
			.isEqualTo(Duration.ofMinutes(5).toNanos());
	}

	@ParameterizedTest
	@CsvSource({ "PT10S, PT10S", "PT6M, PT5M", "PT8760H, PT5M", "PT0S, PT0S" })
	void aProviderGetsWhatItAsksForUpToTheLimit(Duration asked, Duration expected) {
		CoolDownLengths lengths = new CoolDownLengths(settings(Duration.ofSeconds(5), Duration.ofMinutes(5)), () -> 0);

		assertThat(Duration.ofNanos(lengths.after(Failure.of(FailureKind.RATE_LIMITED).retryAfter(asked).build(), 1)))
			.isEqualTo(expected);
		assertThat(Duration.ofNanos(lengths.asked(asked))).isEqualTo(expected);
	}

	@Test
	void refusesNegativeLengthsByName() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(Duration.ofSeconds(-1), Duration.ZERO))
			.withMessage("cool-down.rate-limited: PT-1S (expected: >= 0)");
	}

	private static CoolDownSettings settings(Duration rateLimited, Duration max) {
		CoolDownSettings defaults = CoolDownSettings.DEFAULTS;
		return new CoolDownSettings(rateLimited, defaults.quota(), defaults.authentication(), defaults.permission(),
				defaults.modelUnavailable(), max);
	}

}
