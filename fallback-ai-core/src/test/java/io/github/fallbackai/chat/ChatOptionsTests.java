// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ChatOptionsTests {

	@Test
	void everyOptionSurvivesTheChangeOfAnother() {
		ChatOptions options = ChatOptions.DEFAULTS.withChain("smart")
			.withDeadline(Duration.ofSeconds(1))
			.withFirstContent(Duration.ofSeconds(2))
			.withStreamRecovery(StreamRecovery.FAIL)
			.withFallbackScope(FallbackScope.NONE)
			.withAllowedEndpoints(Set.of("primary"))
			.withLoad(Load.BATCH)
			.withUseCase("summary")
			.withMaxCost(new BigDecimal("0.05"))
			.toBuilder()
			.waitWhenUnavailable(true)
			.build();
		assertThat(options.toBuilder().build()).isEqualTo(options).hasSameHashCodeAs(options);
		assertThat(options.withChain("cheap").maxCost()).isEqualTo("0.05");
		assertThat(options.withMaxCost(null)).isNotEqualTo(options);
		assertThat(options).hasToString("ChatOptions[chain=smart, deadline=PT1S, firstContent=PT2S, "
				+ "streamRecovery=FAIL, fallbackScope=NONE, allowedEndpoints=[primary], waitWhenUnavailable=true, "
				+ "load=BATCH, useCase=summary, maxCost=0.05]");
	}

	@Test
	void aCostMayBeZeroButNotNegative() {
		assertThat(ChatOptions.DEFAULTS.withMaxCost(BigDecimal.ZERO).maxCost()).isZero();
		assertThatIllegalArgumentException().isThrownBy(() -> ChatOptions.DEFAULTS.withMaxCost(new BigDecimal("-1")))
			.withMessage("maxCost: -1 (expected: >= 0)");
	}

}
