// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.chain;

import java.time.Duration;

import io.github.fallbackai.autoconfigure.ConfigurationFixture;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.ModelScope;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CallSettingsFactoryTests {

	@Test
	void nothingSetIsTheCoresDefault() {
		assertThat(settings(false)).usingRecursiveComparison().isEqualTo(CallSettings.DEFAULTS);
	}

	@Test
	void everyPropertyArrives() {
		CallSettings settings = settings(true, "fallback.ai.deadline=1s", "fallback.ai.attempt-timeouts=2s,5s",
				"fallback.ai.max-attempts=3", "fallback.ai.fallback-on=rate-limited,CONTENT_FILTERED",
				"fallback.ai.stream-recovery=restart", "fallback.ai.resume-scope=same-model",
				"fallback.ai.fallback-scope=same-model", "fallback.ai.wait-when-unavailable=true",
				"fallback.ai.switch-delay=10ms", "fallback.ai.hedge.delay=1500ms", "fallback.ai.hedge.max-ratio=0.2",
				"fallback.ai.continuation-instruction=Weiter.", "fallback.ai.strategy=round-robin",
				"fallback.ai.sticky=false");
		assertThat(settings.deadline()).isEqualTo(Duration.ofSeconds(1));
		assertThat(settings.attemptTimeouts()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(5));
		assertThat(settings.maxAttempts()).isEqualTo(3);
		assertThat(settings.fallbackOn()).containsExactlyInAnyOrder(FailureKind.RATE_LIMITED,
				FailureKind.CONTENT_FILTERED);
		assertThat(settings.recovery().mode()).isEqualTo(StreamRecovery.RESTART);
		assertThat(settings.recovery().scope()).isEqualTo(ModelScope.SAME_MODEL);
		assertThat(settings.recovery().instruction()).isEqualTo("Weiter.");
		assertThat(settings.fallbackScope()).isEqualTo(FallbackScope.SAME_MODEL);
		assertThat(settings.waitWhenUnavailable()).isTrue();
		assertThat(settings.switchDelay()).isEqualTo(Duration.ofMillis(10));
		assertThat(settings.selection()).isEqualTo(Selection.ROUND_ROBIN);
		assertThat(settings.sticky()).isFalse();
		assertThat(settings.hedge()).isEqualTo(new HedgeSettings(Duration.ofMillis(1500), 0.2));
	}

	@Test
	void hedgesByThePercentile() {
		assertThat(settings(false, "fallback.ai.hedge.delay=p95").hedge())
			.isEqualTo(new HedgeSettings(null, HedgeSettings.DEFAULT_MAX_RATIO));
	}

	@Test
	void aReasoningModelProlongsTheDeadlineThatIsNotSet() {
		assertThat(settings(true).deadline()).isEqualTo(Duration.ofMinutes(5));
	}

	@ParameterizedTest
	@CsvSource({ "deadline, -1s, deadline", "deadline, 0s, deadline", "max-attempts, 0, max-attempts",
			"continuation-instruction, '  ', continuation-instruction",
			"continuation-instruction, '', continuation-instruction", "attempt-timeouts, '2s,-5s', attempt-timeouts[1]",
			"switch-delay, -1s, switch-delay", "hedge.max-ratio, 0.1, hedge.delay", "hedge.delay, p99, hedge.delay",
			"hedge.delay, -1s, hedge.delay" })
	void refusesWhatCannotWork(String property, String value, String named) {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> settings(false, "fallback.ai." + property + "=" + value))
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo("fallback.ai." + named));
	}

	@Test
	void refusesAHedgeOfMoreThanAllCalls() {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> settings(false, "fallback.ai.hedge.delay=1s", "fallback.ai.hedge.max-ratio=1.5"))
			.withMessage("fallback.ai.hedge.max-ratio: 1.5 (expected: > 0 and <= 1)");
	}

	private static CallSettings settings(boolean reasoning, String... properties) {
		return CallSettingsFactory.create(
				LayeredChainProperties.ofAll(ConfigurationFixture.file(properties).environment(), "default"),
				reasoning);
	}

}
