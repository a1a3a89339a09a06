// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.cluster.DecisionView.Disabling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionDifferenceTests {

	private final DecisionDifference difference = new DecisionDifference("elsewhere", 0);

	/** Seconds that are left, empty for none, -1 for no end. */
	@ParameterizedTest
	@CsvSource({ "60, 60, false", "60, 65, false", "60, 66, true", "60, 55, false", "60, 54, true", "60, -1, true",
			"-1, 60, true", "-1, -1, false", ", 60, true", "60, , false" })
	void isADisablingThatDidNotHoldBefore(Long before, Long after, boolean told) {
		assertThat(this.difference.holding(view(before, "why"), view(after, "why"))).extracting(DecisionNews::kind)
			.containsExactly(told ? new DecisionNews.Kind[] { DecisionNews.Kind.DISABLED } : new DecisionNews.Kind[0]);
	}

	@Test
	void isAnotherReason() {
		assertThat(this.difference.holding(view(60L, "why"), view(60L, "because"))).hasSize(1);
	}

	/** What would have ended by itself any moment was not ended by an operator. */
	@ParameterizedTest
	@CsvSource({ "60, true", "6, true", "5, false", "-1, true" })
	void isAnEndBeforeItsTime(long before, boolean told) {
		assertThat(this.difference.between(view(before, "why"), view(null, null))).extracting(DecisionNews::kind)
			.containsExactly(told ? new DecisionNews.Kind[] { DecisionNews.Kind.ENABLED } : new DecisionNews.Kind[0]);
	}

	@Test
	void isAPreferenceThatBeginsOrEndsAndAReset() {
		DecisionView none = DecisionView.NONE;
		DecisionView preferred = new DecisionView(null, 2, 0);
		assertThat(this.difference.between(none, preferred)).extracting(DecisionNews::kind)
			.containsExactly(DecisionNews.Kind.PREFERRED);
		assertThat(this.difference.between(preferred, preferred)).isEmpty();
		assertThat(this.difference.between(preferred, none)).extracting(DecisionNews::kind)
			.containsExactly(DecisionNews.Kind.ENABLED);
		assertThat(this.difference.between(none, new DecisionView(null, 0, 1))).extracting(DecisionNews::kind)
			.containsExactly(DecisionNews.Kind.RESET);
		assertThat(this.difference.between(new DecisionView(null, 0, 1), none)).isEmpty();
	}

	private static DecisionView view(Long seconds, String reason) {
		return (seconds == null) ? DecisionView.NONE
				: new DecisionView(Disabling.of((seconds < 0) ? null : Duration.ofSeconds(seconds), reason, 0), 0, 0);
	}

}
