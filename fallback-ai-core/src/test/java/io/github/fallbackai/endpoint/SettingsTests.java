// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SettingsTests {

	@Test
	void aBreakerStartsFromTheDefaults() {
		BreakerSettings settings = BreakerSettings.builder()
			.failureThreshold(5)
			.failureRate(60)
			.window(30)
			.halfOpenCalls(2)
			.build();
		assertThat(settings).isEqualTo(new BreakerSettings(5, 60, 30, BreakerSettings.DEFAULTS.recoveryTimeout(),
				BreakerSettings.DEFAULTS.maxRecoveryTimeout(), 2));
		assertThat(settings).hasSameHashCodeAs(settings.toBuilder().build()).isNotEqualTo(BreakerSettings.DEFAULTS);
		assertThat(settings.toBuilder().window(31).build()).isNotEqualTo(settings);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> settings.toBuilder().maxRecoveryTimeout(Duration.ofMillis(1)).build())
			.withMessageContaining("max-recovery-timeout");
	}

	@Test
	void limitsStartFromTheDefaults() {
		AttemptLimits limits = AttemptLimits.builder().idle(Duration.ofSeconds(7)).build();
		assertThat(limits).isEqualTo(new AttemptLimits(Duration.ofSeconds(3), Duration.ofSeconds(15),
				Duration.ofSeconds(7), Duration.ofMinutes(10), false));
		assertThat(limits.toBuilder().build()).isEqualTo(limits).hasSameHashCodeAs(limits);
		assertThatIllegalArgumentException().isThrownBy(() -> limits.toBuilder().total(Duration.ZERO).build())
			.withMessageContaining("total");
	}

	@Test
	void aLimitForFirstContentIsExplicit() {
		AttemptLimits limits = AttemptLimits.builder().firstContent(Duration.ofSeconds(2)).build();
		assertThat(limits.firstContentExplicit()).isTrue();
		assertThat(limits).isNotEqualTo(AttemptLimits.DEFAULTS);
	}

}
